package io.percolate.diffusion.steps;

/**
 * How the steps of a sampler are spread over a noise schedule.
 *
 * @param spacing how timesteps are chosen
 * @param offset added to timesteps of leading spacing
 * @param sigmas how sigmas are spaced, by samplers that may choose them
 * @param finalSigma where the last step ends
 */
public record TimestepSchedule(TimestepSpacing spacing, int offset, SigmaSpacing sigmas, FinalSigma finalSigma) {

    double[] timesteps(int trainSteps, int count) {
        return spacing.timesteps(trainSteps, count, offset);
    }

    double[] beforeLast(int trainSteps, int count) {
        return spacing.beforeLast(trainSteps, count, offset);
    }

    /** The same with another spacing of timesteps. */
    public TimestepSchedule withSpacing(TimestepSpacing other) {
        return new TimestepSchedule(other, offset, sigmas, finalSigma);
    }

    /** The same with another spacing of sigmas. */
    public TimestepSchedule withSigmas(SigmaSpacing other) {
        return new TimestepSchedule(spacing, offset, other, finalSigma);
    }
}
