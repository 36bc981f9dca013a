package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.evaluation.features.FeatureStatistics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What some generated images add to an evaluation; parts merge to the whole.
 *
 * @param queries of those that have a caption
 * @param features of all of them
 */
public record SamplePart(List<Query> queries, FeatureStatistics features) implements Serializable {

    /** Of no images. */
    public static SamplePart none() {
        return new SamplePart(List.of(), FeatureStatistics.none());
    }

    /** Both together. */
    public SamplePart merge(SamplePart other) {
        List<Query> all = new ArrayList<>(queries);
        all.addAll(other.queries);
        return new SamplePart(all, features.merge(other.features));
    }
}
