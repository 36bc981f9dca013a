package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.DiffusionNetworks;
import io.percolate.pipeline.training.DiffusionObjective;
import io.percolate.pipeline.training.DiffusionStep;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.space.TrainingSpace;

/** The training step of a denoiser, on random latents; what it is told is always the same. */
final class UNetTraining implements Workload {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final UNet unet;
    private final Optimizer optimizer;
    private final DiffusionStep training;
    private final Batch batch;

    UNetTraining(UNetConfig config, Inputs inputs, boolean gradientCheckpointing) {
        unet = Inputs.randomise(new UNet(config), manager, Precision.FP32);
        unet.makeTrainable();
        optimizer = new Optimizer(
                unet.parameters(), OptimizerConfig.DEFAULT.withGradientCheckpointing(gradientCheckpointing));
        DenoiserInputs told = inputs.conditions(config, manager);
        training = new DiffusionStep(
                new DiffusionNetworks(TrainingSpace.pixels(), unet, prompts -> told),
                DiffusionObjective.of(LossRecipe.DEFAULT, DiffusionProcess.stableDiffusion(), new CaptionDropout(0)),
                inputs.precision(),
                optimizer);
        batch = RandomBatch.of(inputs.single().latents(config, manager));
    }

    @Override
    public UNet network() {
        return unet;
    }

    @Override
    public void step() {
        Scope.run(() -> training.step(batch, new RandomStream(0)));
    }

    @Override
    public String input() {
        return "latents " + batch.images().getShape();
    }

    @Override
    public void close() {
        optimizer.close();
        unet.close();
        manager.close();
    }
}
