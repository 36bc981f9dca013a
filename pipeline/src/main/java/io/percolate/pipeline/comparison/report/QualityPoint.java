package io.percolate.pipeline.comparison.report;

/**
 * How good an arm was on the way. Everything counts from the arm's beginning, its autoencoder's training included.
 *
 * @param spent part of the budget that was used up, 0 to 1
 * @param seconds of wall-clock time
 * @param gflop arithmetic of training in 10^9 operations, a backward pass counted as two forward ones
 * @param images seen
 * @param quality of what it generated then: fewer images than in the end, whose distances are therefore larger
 */
public record QualityPoint(double spent, double seconds, double gflop, double images, ImageQuality quality) {}
