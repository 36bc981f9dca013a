package io.percolate.pipeline.comparison.stages;

/** Where stages are done that take much memory. */
@FunctionalInterface
public interface StageHost {

    /** In this process, one after the other: what one leaves in memory counts in the next one's peak, too. */
    StageHost HERE = (stage, work) -> work.run();

    /** Has {@code stage} done: by {@code work}, or by another process that keeps it in the same record. */
    void complete(String stage, Runnable work);
}
