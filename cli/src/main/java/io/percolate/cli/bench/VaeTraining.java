package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.autoencoder.VaeObjective;
import io.percolate.pipeline.training.autoencoder.VaeStep;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;

/** The training step of an autoencoder, on random pixels. */
final class VaeTraining implements Workload {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final AutoencoderKl vae;
    private final Optimizer optimizer;
    private final VaeStep training;
    private final Batch batch;

    VaeTraining(VaeConfig config, Inputs inputs, boolean gradientCheckpointing) {
        vae = Inputs.randomise(new AutoencoderKl(config), manager, Precision.FP32);
        vae.makeTrainable();
        optimizer = new Optimizer(
                vae.parameters(), OptimizerConfig.DEFAULT.withGradientCheckpointing(gradientCheckpointing));
        training = new VaeStep(vae, VaeObjective.of(new VaeLoss(VaeLossConfig.plain())), inputs.precision(), optimizer);
        batch = RandomBatch.of(inputs.single().pixels(config, manager));
    }

    @Override
    public AutoencoderKl network() {
        return vae;
    }

    @Override
    public void step() {
        Scope.run(() -> training.step(batch, new RandomStream(0)));
    }

    @Override
    public String input() {
        return "pixels " + batch.images().getShape();
    }

    @Override
    public void close() {
        optimizer.close();
        vae.close();
        manager.close();
    }
}
