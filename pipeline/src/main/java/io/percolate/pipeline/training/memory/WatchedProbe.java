package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
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
    public ImageDataset dataset() {
        return probe.dataset();
    }

    @Override
    public ImageTransform trainedImages() {
        return probe.trainedImages();
    }

    @Override
    public ImageTransform images() {
        return probe.images();
    }

    @Override
    public long cacheBytes() {
        return probe.cacheBytes();
    }
}
