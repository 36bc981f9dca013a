package io.percolate.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;

/**
 * How far a set of images is from as many real ones, as {@link SlicedWasserstein} measures.
 *
 * @param images in each of the two sets
 * @param patches distances of their patches at each scale
 */
public record Distance(int images, @JsonUnwrapped PatchDistances patches) implements Measurement {

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT, "sliced Wasserstein distance x 1000: %.1f (%d images)", patches.mean(), images);
    }
}
