package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.diffusion.sde.Sde;
import io.percolate.nn.engine.TorchArray;
import java.util.Optional;
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

    /** Timesteps (B) for {@code count} images: whole ones, or those of times between 0 and 1. */
    NDArray timesteps(NDManager manager, int count, RandomGenerator random) {
        return sde.map(process -> TorchArray.of(manager, times(process, count, random)))
                .orElseGet(() -> TorchArray.of(
                        manager, distribution.sample(count, loss.schedule().steps(), random)));
    }

    private float[] times(Sde process, int count, RandomGenerator random) {
        float[] timesteps = new float[count];
        for (int i = 0; i < count; i++) {
            timesteps[i] = (float) process.timestep(distribution.sample(random), loss.schedule());
        }
        return timesteps;
    }
}
