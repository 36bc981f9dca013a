package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.percolate.pipeline.evaluation.PatchDistances;
import io.percolate.pipeline.evaluation.features.FeatureMetrics;
import org.jspecify.annotations.Nullable;

/**
 * How far a set of images is from as many real ones that were held out.
 *
 * @param images in each set
 * @param patches sliced Wasserstein distances of their patches
 * @param features distances of their features, or null without a feature network
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageQuality(int images, PatchDistances patches, @Nullable FeatureMetrics features) {

    /** The mean of the patches' distances at all scales, x 1000; less is nearer. */
    public double distance() {
        return patches.mean();
    }
}
