package io.percolate.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How far the patches of two sets of images are from each other at each scale, as {@link SlicedWasserstein} measures.
 *
 * @param sides of the pyramid's levels in pixels, from the finest: what is said of each is said at this resolution
 * @param thousandths distances, times 1000 as in the paper's tables
 */
public record PatchDistances(List<Integer> sides, List<Double> thousandths) {

    public PatchDistances {
        sides = List.copyOf(sides);
        thousandths = List.copyOf(thousandths);
    }

    /** The mean over all levels. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public double mean() {
        return thousandths.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
