package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;

/**
 * Evenly spaced times from 1 back to the earliest.
 *
 * @param steps number of steps
 * @param earliest the last time
 */
record TimeGrid(int steps, double earliest) {

    TimeGrid {
        if (steps < 1) {
            throw new IllegalArgumentException(steps + " steps: take at least one");
        }
    }

    /** What happens at a step. */
    @FunctionalInterface
    interface Update {
        NDArray apply(NDArray x, int index);
    }

    /** Length of a step. */
    double length() {
        return (1 - earliest) / steps;
    }

    /** Where step {@code index} begins; that after the last step is the earliest. */
    double time(int index) {
        return index == steps ? earliest : 1 - index * length();
    }

    boolean isLast(int index) {
        return index == steps - 1;
    }

    /** Applies {@code update} step by step to {@code x}, which it closes, as it does everything between. */
    NDArray run(NDArray x, Update update) {
        NDArray current = x;
        for (int i = 0; i < steps; i++) {
            try (NDArray before = current) {
                int index = i;
                current = Scope.keep(() -> update.apply(before, index));
            }
        }
        return current;
    }
}
