package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.Position;

/** The images that a denoiser is trained on, in the space where it works. */
@FunctionalInterface
public interface TrainingBatches extends AutoCloseable {

    /** Endless batches in the order that {@code seed} says, from {@code start} on; the caller closes them. */
    Batches from(Position start, long seed);

    /** Closes the files that the batches come from. */
    @Override
    default void close() {}
}
