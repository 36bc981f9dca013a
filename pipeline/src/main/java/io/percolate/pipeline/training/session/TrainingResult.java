package io.percolate.pipeline.training.session;

/**
 * What a training did, all its sessions together.
 *
 * @param steps optimisation steps
 * @param images how many images it saw, one as often as it came
 * @param seconds that it took, by the clock of its session
 * @param finished whether its budget is spent; if not, it was asked to stop
 */
public record TrainingResult(long steps, long images, double seconds, boolean finished) {}
