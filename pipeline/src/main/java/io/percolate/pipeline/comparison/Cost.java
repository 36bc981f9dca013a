package io.percolate.pipeline.comparison;

/**
 * What a training takes.
 *
 * @param seconds by the clock of the comparison
 * @param gflop arithmetic in 10^9 operations; a backward pass counts as two forward ones
 * @param images seen, one as often as it came
 */
record Cost(double seconds, double gflop, double images) {

    static final Cost NONE = new Cost(0, 0, 0);

    /** A training step's forward pass and backward pass, in forward passes. */
    static final double PASSES = 3;

    Cost plus(Cost other) {
        return new Cost(seconds + other.seconds, gflop + other.gflop, images + other.images);
    }
}
