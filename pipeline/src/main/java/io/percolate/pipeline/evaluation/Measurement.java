package io.percolate.pipeline.evaluation;

/** One thing that an {@link Evaluation} found out. */
public sealed interface Measurement permits Reconstruction, Retrieval, Distance, FeatureDistance, Frechet, Originality {

    /** In words, for a table. */
    String summary();
}
