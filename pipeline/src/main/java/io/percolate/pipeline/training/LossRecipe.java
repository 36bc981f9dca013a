package io.percolate.pipeline.training;

import io.percolate.nn.RandomStream;
import io.percolate.weights.JsonConfig;
import java.util.Map;

/**
 * How the timesteps of a training step are drawn.
 *
 * <p>A timestep is {@code T shift u / (1 + (shift - 1) u)} with u uniform in [0,1): shift 1 is the uniform
 * distribution of Ho et al. 2020, more prefers noisy timesteps (Esser et al. 2024, eq. 23), where a network learns
 * what a caption means rather than how to sharpen.
 *
 * @param timestepShift preference for noisy timesteps
 */
record LossRecipe(double timestepShift) {

    LossRecipe {
        if (!(timestepShift > 0)) {
            throw new IllegalArgumentException("timestep_shift " + timestepShift + " must be positive; 1 is uniform");
        }
    }

    static LossRecipe from(JsonConfig section) {
        LossRecipe recipe = new LossRecipe(section.number("timestep_shift", 1));
        section.refuseUnread(Map.of());
        return recipe;
    }

    /** {@code count} timesteps out of {@code trainSteps}. */
    long[] timesteps(RandomStream random, int count, int trainSteps) {
        long[] timesteps = new long[count];
        for (int i = 0; i < count; i++) {
            double u = (i + random.nextDouble()) / count;
            timesteps[i] = (long) (trainSteps * timestepShift * u / (1 + (timestepShift - 1) * u));
        }
        return timesteps;
    }
}
