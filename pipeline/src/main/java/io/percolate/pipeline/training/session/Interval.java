package io.percolate.pipeline.training.session;

/** Rings at most once every so many minutes, first after the first interval. */
final class Interval {

    private final long intervalNanos;
    private long last = System.nanoTime();

    Interval(double minutes) {
        intervalNanos = Math.round(minutes * 60e9);
    }

    /** Whether the interval has passed since this was last true. */
    boolean rings() {
        boolean due = System.nanoTime() - last >= intervalNanos;
        if (due) {
            last = System.nanoTime();
        }
        return due;
    }
}
