package io.percolate.pipeline.evaluation;

import java.util.Map;
import java.util.stream.Collectors;

/** One thing that an {@link Evaluation} found out. */
public sealed interface Measurement permits Reconstruction, Retrieval, Distance, FeatureDistance, Frechet, Originality {

    /** In words, for a table. */
    String summary();

    /** All that an evaluation found out, a line each. */
    static String table(Map<String, ? extends Measurement> report) {
        return report.entrySet().stream()
                .map(part -> "%-20s %s".formatted(part.getKey(), part.getValue().summary()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
