package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.layers.DropoutMasks;
import io.percolate.nn.optim.Minimiser;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.space.TrainingSpace;
import java.util.List;

/** Trains a denoiser on one batch after another, in latents or on pixels. Not thread-safe. */
public final class DiffusionStep {

    private final TrainingSpace space;
    private final UNet unet;
    private final Conditioning conditioning;
    private final Steering steering;
    private final DiffusionObjective objective;
    private final Precision precision;
    private final Minimiser optimizer;

    /**
     * A step that is always the same.
     *
     * @param networks what is trained, and where
     * @param objective what it is trained to do
     * @param precision what the denoiser computes in
     * @param optimizer of everything that is trained
     */
    public DiffusionStep(
            DiffusionNetworks networks, DiffusionObjective objective, Precision precision, Minimiser optimizer) {
        space = networks.space();
        unet = networks.unet();
        conditioning = networks.conditioning();
        steering = networks.steering();
        this.objective = objective;
        this.precision = precision;
        this.optimizer = optimizer;
    }

    /** One optimisation step of the denoiser (Rombach et al. 2022, eq. 2; Ho et al. 2020, algorithm 1). */
    public StepResult step(Batch batch, RandomSource random) {
        DiffusionLoss loss = objective.loss();
        NDArray latents = space.encode(batch, random); // z0, scaled; in pixel space the pixels
        NDArray noise = objective.noise().like(latents, random); // epsilon
        NDArray timesteps = objective.timesteps(latents.getManager(), batch.size(), random);
        NDArray noisy = Aten.to(loss.schedule().addNoise(latents, noise, timesteps), precision); // zt
        List<String> prompts = objective.captionDropout().apply(conditioning.prompts(batch), random);
        NDArray target = loss.target(latents, noise, timesteps);
        Steering.Steered steered = steering.by(batch);
        DropoutMasks dropout = new DropoutMasks(random);
        List<Double> importance = batch.lossWeights();
        return StepResult.of(dropout.throughout(() -> optimizer.minimise(batch.size(), part -> {
            NDArray times = part.of(timesteps);
            NDArray output = dropout.during(part.first(), () -> {
                DenoiserInputs inputs = conditioning.encode(part.of(prompts), part.of(batch.frames()));
                NDArray zt = part.of(noisy);
                return unet.forward(zt, times, inputs, steered.residuals(zt, times, inputs, part::of));
            });
            return loss.mse(output, part.of(target), times, part.of(importance));
        })));
    }
}
