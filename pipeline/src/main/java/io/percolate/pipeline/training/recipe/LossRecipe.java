package io.percolate.pipeline.training.recipe;

import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.LossWeighting;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * Which timesteps a denoiser is trained on, and how much each counts.
 *
 * <p>{@code timestep_shift} above 1 prefers noisy timesteps, where a network learns what a caption means rather than
 * how to sharpen. {@code min_snr_gamma} does the opposite: with v-prediction it takes weight from those steps.
 *
 * @param timesteps how timesteps are drawn
 * @param weighting how much the error at each of them counts
 */
public record LossRecipe(TimestepDistribution timesteps, LossWeighting weighting) {

    static LossRecipe from(JsonConfig section) {
        double shift = section.number("timestep_shift", 1);
        LossWeighting weighting = section.isNull("min_snr_gamma")
                ? new LossWeighting.Uniform()
                : new LossWeighting.MinSnr(section.number("min_snr_gamma"));
        section.refuseUnread(Map.of());
        return new LossRecipe(new TimestepDistribution.Shifted(shift), weighting);
    }

    public DiffusionLoss of(DiffusionProcess process) {
        return new DiffusionLoss(process.schedule(), process.prediction(), weighting);
    }
}
