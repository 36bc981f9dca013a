package io.percolate.pipeline.training.session;

import java.nio.file.Path;

/** Watches a training, on the training thread; all methods do nothing unless they are overridden. */
public interface TrainingListener {

    /** Watches nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Called when the training begins something else than steps, and as it goes on with it.
     *
     * @param done the part of {@code total} that is done
     * @param total 0 if nothing is counted
     */
    default void busy(Activity activity, long done, long total) {}

    /** Called after every step. */
    default void stepped(TrainingProgress progress) {}

    /** Called when checkpoint, loss plot and model of {@code step} steps are in the run folder {@code run}. */
    default void saved(long step, Path run) {}

    /** Called last, unless the training failed. */
    default void finished(TrainingResult result) {}
}
