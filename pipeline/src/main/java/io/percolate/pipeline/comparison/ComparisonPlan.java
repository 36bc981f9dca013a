package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.session.TrainingClock;

/**
 * How much each arm is trained.
 *
 * @param budget of the first arm, its autoencoder's training included if it has one
 * @param equal what the other arms have as much of as the first; {@link Equality#TIME} gives each the same budget
 * @param seeds how often each is trained, each time with other random numbers
 * @param clock what minutes, and seconds of the report, are counted by
 */
public record ComparisonPlan(Budget budget, Equality equal, int seeds, TrainingClock clock) {

    public ComparisonPlan {
        if (seeds < 1) {
            throw new IllegalArgumentException(seeds + " seeds: train each arm at least once");
        }
    }

    /** Once, with as much time each. */
    public static ComparisonPlan once(Budget budget) {
        return new ComparisonPlan(budget, Equality.TIME, 1, TrainingClock.WALL);
    }
}
