package io.percolate.pipeline.score;

import io.percolate.diffusion.process.GaussianPosterior.Variance;
import java.util.Optional;

/**
 * How a likelihood is measured.
 *
 * @param images most images; held-out ones, if the data set has any
 * @param timesteps how many of the model's timesteps are measured for the bound; empty for all of them
 * @param variance the variance of the model's steps back, where it does not matter to the training
 * @param flow how the exact likelihood is measured; empty to leave it out
 */
public record LikelihoodSettings(
        int images, Optional<Integer> timesteps, Variance variance, Optional<FlowSettings> flow) {

    /** Sixteen images, every timestep, and the exact likelihood with two probes. */
    public static final LikelihoodSettings DEFAULT =
            new LikelihoodSettings(16, Optional.empty(), Variance.FIXED_LARGE, Optional.of(FlowSettings.DEFAULT));

    public LikelihoodSettings {
        if (images < 1) {
            throw new IllegalArgumentException(images + " images: measure at least one");
        }
        if (timesteps.filter(count -> count < 1).isPresent()) {
            throw new IllegalArgumentException(timesteps.get() + " timesteps: measure at least one");
        }
    }
}
