package io.percolate.pipeline.training.session;

import java.util.Map;

/**
 * Where a training is.
 *
 * @param step optimisation steps taken, all sessions together
 * @param seconds of training, likewise
 * @param spent the part of the budget that is used up, 0 to 1
 * @param values of this step: {@code loss} and its terms, {@code learning_rate}, {@code gradient_norm};
 *     {@code data_wait}, the share of its time that the step waited for its images; and {@code images_per_second} since
 *     the beginning
 * @param stopping what {@link #stop} does
 */
public record TrainingProgress(long step, double seconds, double spent, Map<String, Double> values, Runnable stopping) {

    public TrainingProgress {
        values = Map.copyOf(values);
    }

    /** The loss of this step. */
    public double loss() {
        return values.get("loss");
    }

    /** Ends the training before the next step: it is saved, and may be resumed. */
    public void stop() {
        stopping.run();
    }
}
