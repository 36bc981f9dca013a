package io.percolate.studio.work;

/**
 * Where a job is.
 *
 * @param step steps taken
 * @param steps steps to take
 * @param seconds since it began
 */
public record JobProgress(int step, int steps, double seconds) {

    /** Before the first step. */
    static final JobProgress NONE = new JobProgress(0, 1, 0);

    /** The part that is done, 0 to 1. */
    public double share() {
        return (double) step / steps;
    }

    /** Seconds that the steps ahead take if they take as long as those before. */
    public double secondsLeft() {
        return step == 0 ? 0 : seconds * (steps - step) / step;
    }
}
