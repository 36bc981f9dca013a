package io.percolate.pipeline.training.tuning;

import io.percolate.nn.layers.Parameter;
import java.nio.file.Path;
import java.util.Map;

/** What is trained of a base model, or beside it. */
interface Adaptation extends AutoCloseable {

    /** The numbers that are trained, by the names that checkpoints use. */
    Map<String, Parameter> parameters();

    /** A parameter's step as a multiple of the learning rate. */
    default double ratio(String parameter) {
        return 1;
    }

    /** Whether what captions become changes while it is trained. */
    default boolean changesText() {
        return false;
    }

    /**
     * Writes it into the run folder.
     *
     * @param steps of training so far
     */
    void save(Path folder, long steps);

    @Override
    void close();
}
