package io.percolate.studio.work;

import io.percolate.files.CancelledException;
import java.util.Optional;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of jobs since the server started. Thread-safe. */
public final class WorkStatistics {

    private final LongAdder finished = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder images = new LongAdder();
    private final DoubleAdder seconds = new DoubleAdder();

    /** Counts a job that made so many images in some seconds, or failed. */
    void ended(Optional<Throwable> failure, int made, double took) {
        if (failure.isEmpty()) {
            finished.increment();
            images.add(made);
            seconds.add(took);
        } else if (failure.get() instanceof CancelledException) {
            cancelled.increment();
        } else {
            failed.increment();
        }
    }

    void refused() {
        refused.increment();
    }

    /** The counts at this moment. */
    public Counts counts() {
        return new Counts(finished.sum(), failed.sum(), cancelled.sum(), refused.sum(), images.sum(), seconds.sum());
    }

    /**
     * Counts at a moment.
     *
     * @param finished jobs that gave what they were asked for
     * @param failed jobs that did not
     * @param cancelled jobs that nobody wanted any more
     * @param refused jobs that found no place
     * @param images of finished jobs
     * @param seconds of finished jobs in all
     */
    public record Counts(long finished, long failed, long cancelled, long refused, long images, double seconds) {}
}
