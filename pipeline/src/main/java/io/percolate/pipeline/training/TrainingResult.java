package io.percolate.pipeline.training;

/**
 * What a training did, all its sittings together.
 *
 * @param steps optimisation steps
 * @param pictures how many pictures it saw, one as often as it came
 * @param seconds that it took
 * @param finished whether its budget is spent; if not, it was asked to stop
 */
public record TrainingResult(long steps, long pictures, double seconds, boolean finished) {}
