package io.percolate.pipeline.score;

/**
 * What so many bits buy.
 *
 * @param timestep that is reached: everything below it is not yet sent; -1 for what has no timesteps
 * @param rate bits sent, for each dimension of the pixels
 * @param distortion root mean square error of the clean image that is predicted from them, in levels of 255
 */
public record RatePoint(int timestep, double rate, double distortion) {}
