package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;

/** Operators that depend on the distribution of each sample's values. */
public final class SampleStatistics {

    private SampleStatistics() {}

    /**
     * Dynamic thresholding (Saharia et al. 2022): each image is cut to [-s, s] and divided by s, where s is the
     * {@code ratio} quantile of its absolute values, brought into [1, largest].
     */
    public static NDArray dynamicThreshold(NDArray x, double ratio, double largest) {
        return Aten.call("dynamic_threshold", x, ratio, largest);
    }

    /**
     * Brings the standard deviation of each sample of {@code x} closer to that of {@code reference}, both
     * (B,...): part {@code phi} of the way, 1 being all of it.
     */
    public static NDArray matchDeviation(NDArray x, NDArray reference, double phi) {
        return Aten.call("match_deviation", x, reference, phi);
    }
}
