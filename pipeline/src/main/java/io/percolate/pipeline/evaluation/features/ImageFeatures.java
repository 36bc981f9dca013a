package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;

/** What a network sees in images. */
public sealed interface ImageFeatures extends AutoCloseable permits FeatureNetwork, OwnFeatures {

    /** What reports call it. */
    String name();

    /** The features, float64 (N,D), of images float32 (N,3,H,W) in [-1,1]. */
    NDArray of(NDArray images);

    /** Compares images float32 (N,3,H,W) and (M,3,H,W) in [-1,1], {@link FeatureMetrics#FEWEST} or more of each. */
    default FeatureMetrics compare(NDArray real, NDArray other) {
        return Scope.call(() -> FeatureMetrics.between(of(real), of(other), name()));
    }

    @Override
    void close();
}
