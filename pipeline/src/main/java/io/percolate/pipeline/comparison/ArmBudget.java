package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.recipe.Budget;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What an arm's denoiser may use up.
 *
 * @param denoiser its budget
 * @param ratio the part of the whole arm's that this is, 0 to 1: the rest is its autoencoder's
 */
record ArmBudget(Budget denoiser, double ratio) {

    /** Where quality is measured on the way, as parts of the whole budget. */
    static final List<Double> MILESTONES = List.of(1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0);

    /** As much time as every arm has, less what encoding and the autoencoder take. */
    static ArmBudget ofTime(Budget whole, double share, double encodingSeconds) {
        Budget denoiser = whole.part(1 - share).after(encodingSeconds);
        return new ArmBudget(denoiser, Math.min(1, denoiser.shareOf(whole)));
    }

    /** The part of the denoiser's budget that is used up at {@code share} of the whole; none before it begins. */
    OptionalDouble denoiserShare(double share) {
        double own = 1 - (1 - share) / ratio;
        return own > 0 ? OptionalDouble.of(own) : OptionalDouble.empty();
    }
}
