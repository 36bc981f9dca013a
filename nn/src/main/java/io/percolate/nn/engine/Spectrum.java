package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;

/** Feature maps (B,C,H,W) by their frequencies; differentiable. */
public final class Spectrum {

    private Spectrum() {}

    /**
     * The mean squared magnitude of the orthonormal discrete Fourier transform of {@code error}, in which a frequency
     * counts by its magnitude to the power of {@code exponent}, the largest one of a channel counting 1 (Jiang et al.
     * 2021, eq. 8 and 9). No gradient goes through these weights. A float32 scalar.
     */
    public static NDArray focal(NDArray error, double exponent) {
        return Aten.call("focal_frequency", error, exponent);
    }
}
