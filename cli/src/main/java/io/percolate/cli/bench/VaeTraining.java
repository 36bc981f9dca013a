package io.percolate.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;

/** One optimisation step of an autoencoder. */
final class VaeTraining implements Workload {

    private final NDManager manager = TorchEngine.newManager();
    private final VaeLoss loss = new VaeLoss(VaeLossConfig.plain());
    private final TrainingStep<AutoencoderKl> training;
    private final NDArray pixels;
    private final NDArray noise;

    VaeTraining(VaeConfig config, Inputs inputs, boolean gradientCheckpointing) {
        training = new TrainingStep<>(
                Inputs.randomise(new AutoencoderKl(config), manager, Precision.FP32), gradientCheckpointing);
        pixels = inputs.pixels(config, manager);
        noise = inputs.latents(config, manager);
    }

    @Override
    public AutoencoderKl network() {
        return training.network();
    }

    @Override
    public void step() {
        training.run(() -> {
            LatentDistribution posterior = network().encode(pixels);
            NDArray decoded = network().decode(Aten.like(posterior.sample(noise), pixels));
            return loss.of(pixels, decoded, posterior).total();
        });
    }

    @Override
    public String input() {
        return "pixels " + pixels.getShape();
    }

    @Override
    public void close() {
        training.close();
        manager.close();
    }
}
