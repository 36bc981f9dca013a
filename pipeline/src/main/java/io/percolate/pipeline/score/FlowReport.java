package io.percolate.pipeline.score;

/**
 * The negative log-likelihood by the probability flow (Song et al. 2021, section 4.3), per dimension.
 *
 * @param value of data with the little noise of timestep 0
 * @param probeError what the random probes leave open of it, as a standard error; NaN with one probe
 * @param probes of each image
 * @param evaluations of the denoiser for each image, on average
 * @param tolerance of the solver
 */
public record FlowReport(Mean value, double probeError, int probes, double evaluations, double tolerance) {}
