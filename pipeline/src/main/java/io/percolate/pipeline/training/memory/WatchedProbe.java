package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingTask;

/**
 * Tells a listener of every training that is measured.
 *
 * @param probe opens them
 * @param listener who is told
 */
public record WatchedProbe(TrainingProbe probe, TrainingListener listener) implements TrainingProbe {

    @Override
    public TrainingTask open(TrainingPlan plan, int divisor) {
        listener.busy(Activity.MEASURING_MEMORY, 0, 0);
        return probe.open(plan, divisor);
    }

    @Override
    public long pixels() {
        return probe.pixels();
    }

    @Override
    public long cacheBytes() {
        return probe.cacheBytes();
    }
}
