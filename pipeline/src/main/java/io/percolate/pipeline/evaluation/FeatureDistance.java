package io.percolate.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.percolate.pipeline.evaluation.features.FeatureMetrics;

/**
 * How far a set of images is from as many real ones by the features of a network.
 *
 * @param metrics its distances
 */
public record FeatureDistance(@JsonUnwrapped FeatureMetrics metrics) implements Measurement {

    @Override
    public String summary() {
        return metrics.summary();
    }
}
