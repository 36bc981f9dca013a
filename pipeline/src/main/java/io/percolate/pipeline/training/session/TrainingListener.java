package io.percolate.pipeline.training.session;

import java.nio.file.Path;
import java.util.Map;

/** Watches a training, on the training thread; all methods do nothing unless they are overridden. */
public interface TrainingListener {

    /** Watches nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** Called after every step. */
    default void stepped(Progress progress) {}

    /** Called when checkpoint, loss plot and model of {@code step} steps are in the run folder {@code run}. */
    default void saved(long step, Path run) {}

    /** Called last, unless the training failed. */
    default void finished(TrainingResult result) {}

    /**
     * Where a training is.
     *
     * @param step optimisation steps taken, all sittings together
     * @param seconds of training, likewise
     * @param spent the part of the budget that is used up, 0 to 1
     * @param values of this step: {@code loss} and its parts, {@code learning_rate}, {@code gradient_norm}; and
     *     {@code images_per_second} since the beginning
     * @param stopping what {@link #stop} does
     */
    record Progress(long step, double seconds, double spent, Map<String, Double> values, Runnable stopping) {

        /** The loss of this step. */
        public double loss() {
            return values.get("loss");
        }

        /** Ends the training before the next step: it is saved, and may be resumed. */
        public void stop() {
            stopping.run();
        }
    }
}
