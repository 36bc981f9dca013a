package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.optim.Optimizer.Update;
import java.util.function.Function;

/** What a training step hands its loss to. */
public sealed interface Minimiser permits Optimizer, GradientShare {

    /**
     * Differentiates the mean loss of a batch, which goes through the network in micro-batches, and frees what it took.
     *
     * @param batchSize how many images the batch has
     * @param loss the mean over the images of one micro-batch, a float32 scalar; runs with gradients on, in a scope of
     *     its own
     */
    Update minimise(int batchSize, Function<MicroBatch, NDArray> loss);
}
