package io.percolate.pipeline.data;

import ai.djl.ndarray.NDManager;

/** A stream of batches, for one thread at a time. */
public interface Batches extends AutoCloseable {

    /**
     * The next batch.
     *
     * @param manager owns the images
     */
    Batch next(NDManager manager);

    @Override
    void close();
}
