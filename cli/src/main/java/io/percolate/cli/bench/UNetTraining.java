package io.percolate.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;

/** One optimisation step of a denoiser, towards predicting zero. */
final class UNetTraining implements Workload {

    private final NDManager manager = TorchEngine.newManager();
    private final TrainingStep<UNet> training;
    private final NDArray latents;
    private final NDArray timesteps;
    private final DenoiserInputs conditions;

    UNetTraining(UNetConfig config, Inputs inputs, boolean gradientCheckpointing) {
        training =
                new TrainingStep<>(Inputs.randomise(new UNet(config), manager, Precision.FP32), gradientCheckpointing);
        latents = inputs.latents(config, manager);
        timesteps = inputs.timesteps(manager);
        conditions = inputs.conditions(config, manager);
    }

    @Override
    public UNet network() {
        return training.network();
    }

    @Override
    public void step() {
        training.run(
                () -> network().forward(latents, timesteps, conditions).square().mean());
    }

    @Override
    public String input() {
        return "latents " + latents.getShape();
    }

    @Override
    public void close() {
        training.close();
        manager.close();
    }
}
