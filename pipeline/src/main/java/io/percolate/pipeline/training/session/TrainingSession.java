package io.percolate.pipeline.training.session;

import io.percolate.pipeline.training.recipe.Budget;
import java.util.Objects;

/**
 * One session of a training, which may have several: a training that was stopped is resumed in another one.
 *
 * @param budget of all sessions together
 * @param resume whether to go on from the checkpoint in the run folder, if there is one
 * @param listener who watches
 */
public record TrainingSession(Budget budget, boolean resume, TrainingListener listener) {

    public TrainingSession {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(listener, "listener");
    }
}
