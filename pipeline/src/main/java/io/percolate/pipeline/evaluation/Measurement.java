package io.percolate.pipeline.evaluation;

/** One thing that an {@link Evaluation} found out. */
public sealed interface Measurement permits Reconstruction, Retrieval, Distance, FeatureDistance, Originality {

    /** In words, for a table. */
    String summary();
}
