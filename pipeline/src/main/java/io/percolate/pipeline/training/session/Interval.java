package io.percolate.pipeline.training.session;

/** Passes once every so many minutes, first after the first of them. */
final class Interval {

    private final long nanos;
    private long last = System.nanoTime();

    Interval(double minutes) {
        nanos = Math.round(minutes * 60e9);
    }

    /** Whether the interval has passed since this was last true. */
    boolean hasPassed() {
        boolean due = System.nanoTime() - last >= nanos;
        if (due) {
            last = System.nanoTime();
        }
        return due;
    }
}
