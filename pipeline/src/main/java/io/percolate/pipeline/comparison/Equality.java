package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.recipe.Budget;
import java.util.Locale;

/** What all arms have as much of. */
public enum Equality {

    /** Time, or steps where steps are given. */
    TIME {
        @Override
        double amount(Cost cost) {
            return cost.seconds();
        }
    },

    /** Arithmetic, the autoencoder's included. */
    FLOPS {
        @Override
        double amount(Cost cost) {
            return cost.gflop();
        }
    },

    /** Images seen, by the autoencoder and by the denoiser. */
    IMAGES {
        @Override
        double amount(Cost cost) {
            return cost.images();
        }
    };

    abstract double amount(Cost cost);

    /**
     * The steps that are left of what {@code whole} took after {@code before}.
     *
     * @param arm its name, for messages
     * @param step what one step takes
     */
    Budget left(String arm, Cost whole, Cost before, Cost step) {
        long steps = (long) ((amount(whole) - amount(before)) / amount(step));
        if (steps < 1) {
            throw new IllegalArgumentException("arm " + arm + ": its autoencoder took all that the first arm had ("
                    + name().toLowerCase(Locale.ROOT) + "): give more, or a finished autoencoder");
        }
        return new Budget.Steps(steps);
    }
}
