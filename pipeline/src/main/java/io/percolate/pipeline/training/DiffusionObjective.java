package io.percolate.pipeline.training;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.TimestepDistribution;
import java.util.random.RandomGenerator;

/**
 * What a denoiser is trained to do.
 *
 * @param loss the error of its predictions
 * @param distribution which timesteps it is trained on
 * @param captionDropout how often it is told nothing, so that it can be guided
 */
public record DiffusionObjective(DiffusionLoss loss, TimestepDistribution distribution, CaptionDropout captionDropout) {

    /** Timesteps (B) for {@code count} images. */
    long[] timesteps(int count, RandomGenerator random) {
        return distribution.sample(count, loss.schedule().steps(), random);
    }
}
