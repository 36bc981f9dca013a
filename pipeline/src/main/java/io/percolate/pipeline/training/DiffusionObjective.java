package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.diffusion.sde.Sde;
import io.percolate.nn.engine.TorchArray;
import io.percolate.pipeline.training.recipe.LossRecipe;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What a denoiser is trained to do.
 *
 * @param loss the error of its predictions
 * @param distribution which timesteps it is trained on
 * @param sde the process whose times they are, if it is one in continuous time
 * @param captionDropout how often it is told nothing, so that it can be guided
 * @param noise what is added to images
 */
public record DiffusionObjective(
        DiffusionLoss loss,
        TimestepDistribution distribution,
        Optional<Sde> sde,
        CaptionDropout captionDropout,
        NoiseOffset noise) {

    /** With independent noise in every pixel. */
    public DiffusionObjective(
            DiffusionLoss loss, TimestepDistribution distribution, Optional<Sde> sde, CaptionDropout captionDropout) {
        this(loss, distribution, sde, captionDropout, NoiseOffset.NONE);
    }

    /** What {@code recipe} says for a denoiser of {@code process}. */
    public static DiffusionObjective of(LossRecipe recipe, DiffusionProcess process, CaptionDropout captionDropout) {
        return new DiffusionObjective(
                recipe.of(process),
                recipe.timesteps(),
                recipe.sde(process),
                captionDropout,
                new NoiseOffset(recipe.noiseOffset()));
    }

    /** Timesteps (B) for {@code count} images: whole ones, or those of times between 0 and 1. */
    NDArray timesteps(NDManager manager, int count, RandomGenerator random) {
        return sde.map(process -> TorchArray.of(manager, times(process, count, random)))
                .orElseGet(() -> TorchArray.of(
                        manager, distribution.sample(count, loss.schedule().steps(), random)));
    }

    private float[] times(Sde process, int count, RandomGenerator random) {
        DoubleUnaryOperator timestep = process.timesteps(loss.schedule());
        float[] timesteps = new float[count];
        for (int i = 0; i < count; i++) {
            timesteps[i] = (float) timestep.applyAsDouble(distribution.sample(random));
        }
        return timesteps;
    }
}
