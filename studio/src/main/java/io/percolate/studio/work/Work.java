package io.percolate.studio.work;

import io.percolate.pipeline.Pipeline;

/** What a job does with its model, on the worker's thread. */
@FunctionalInterface
public interface Work {

    /** Does it; {@code job} is told what comes out, and whether to end early. */
    void run(Pipeline pipeline, Job job);
}
