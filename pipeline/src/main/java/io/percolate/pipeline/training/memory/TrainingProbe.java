package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingTask;

/** Trainings to measure: like the one that is planned, but of a few images, and without a trace. */
public interface TrainingProbe {

    /**
     * A training from its beginning; the caller closes it.
     *
     * @param plan how it is trained
     * @param divisor height and width of its images are those of the planned training divided by this
     * @throws IllegalArgumentException if the network does not take images of this size
     */
    TrainingTask open(TrainingPlan plan, int divisor);

    /** The images to train on, all of them. */
    ImageDataset dataset();

    /** What becomes of an image in a step. */
    ImageTransform trainedImages();

    /** What becomes of an image beside the steps. */
    ImageTransform images();

    /** Bytes of everything that is encoded before the training; 0 if nothing is. */
    long cacheBytes();
}
