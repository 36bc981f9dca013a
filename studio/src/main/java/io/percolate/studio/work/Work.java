package io.percolate.studio.work;

import io.percolate.pipeline.Pipeline;
import java.util.Optional;

/** What a job does with its model, on the worker's thread. */
@FunctionalInterface
public interface Work {

    /** Does it; {@code job} is told what comes out, and whether to end early. */
    void run(Pipeline pipeline, Job job);

    /** The generation of one image, which may share a batch with others; empty for other work. */
    default Optional<GenerationWork> single() {
        return Optional.empty();
    }
}
