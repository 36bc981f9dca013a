package io.percolate.pipeline.training.session;

/** The time that a training took by one clock, all its sessions together. */
final class SpentTime {

    private final TrainingClock clock;
    private double earlier;
    private double begin;

    /** Begins with nothing spent. */
    SpentTime(TrainingClock clock) {
        this.clock = clock;
        goOnFrom(0);
    }

    /** Goes on from what earlier sessions took. */
    void goOnFrom(double seconds) {
        earlier = seconds;
        begin = clock.seconds();
    }

    double seconds() {
        return earlier + clock.seconds() - begin;
    }
}
