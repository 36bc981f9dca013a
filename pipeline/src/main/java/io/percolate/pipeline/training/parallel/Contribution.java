package io.percolate.pipeline.training.parallel;

import io.percolate.pipeline.data.Position;
import java.io.Serializable;

/**
 * What a worker sends at the end of a round.
 *
 * @param change a gradient, or the weights before the round less those after it, parameter after parameter (N)
 * @param loss its part of the round's loss
 * @param next the place in the data after the round
 */
public record Contribution(WireVector change, double loss, Position next) implements Serializable {}
