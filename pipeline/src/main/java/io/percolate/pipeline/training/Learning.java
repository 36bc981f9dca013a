package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.training.session.StepResult;
import java.util.Map;

/** How a denoiser learns from images, and how it is judged by others. */
public interface Learning {

    /** One optimisation step. */
    StepResult step(Batch batch, RandomSource random);

    /**
     * Numbers by what the log calls them, the same every time for the same weights; none if there are no images.
     *
     * @param heldOut the images, closed by the caller
     * @param manager owns the images of a batch
     */
    Map<String, Double> validate(BatchLoader heldOut, NDManager manager);
}
