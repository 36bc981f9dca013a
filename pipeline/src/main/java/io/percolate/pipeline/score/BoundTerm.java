package io.percolate.pipeline.score;

/**
 * What one timestep adds to a bound, on average over the images.
 *
 * @param timestep 0 has the least noise; its term is the negative log-likelihood of the data
 * @param value in the unit of the report
 * @param x0Error mean squared error of the clean image
 * @param standsFor how many timesteps it is taken for
 */
public record BoundTerm(int timestep, double value, double x0Error, int standsFor) {}
