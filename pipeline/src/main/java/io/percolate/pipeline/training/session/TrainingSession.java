package io.percolate.pipeline.training.session;

import io.percolate.pipeline.training.recipe.Budget;
import java.util.Objects;

/**
 * One session of a training, which may have several: a training that was stopped is resumed in another one.
 *
 * @param budget of all sessions together
 * @param resume whether to go on from the checkpoint in the run folder, if there is one
 * @param listener who watches
 * @param clock what minutes are counted by
 */
public record TrainingSession(Budget budget, boolean resume, TrainingListener listener, TrainingClock clock) {

    public TrainingSession {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(listener, "listener");
    }

    /** Minutes are those that pass. */
    public TrainingSession(Budget budget, boolean resume, TrainingListener listener) {
        this(budget, resume, listener, TrainingClock.WALL);
    }
}
