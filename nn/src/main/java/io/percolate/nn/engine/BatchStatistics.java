package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;

/**
 * Running statistics of a batch normalisation, which every batch moves a little.
 *
 * @param mean (C), changed in place
 * @param variance (C), changed in place
 * @param momentum the part by which a batch moves them
 */
public record BatchStatistics(NDArray mean, NDArray variance, double momentum) {

    /** Batch normalisation (Ioffe and Szegedy 2015, algorithm 1) of x (B,C,H,W) by its own statistics; w and b (C). */
    public NDArray normalise(NDArray x, NDArray w, NDArray b, double eps) {
        return Aten.call("batch_norm", x, w, b, mean, variance, momentum, eps);
    }
}
