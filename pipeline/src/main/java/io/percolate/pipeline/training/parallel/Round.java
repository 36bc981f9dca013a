package io.percolate.pipeline.training.parallel;

import io.percolate.pipeline.data.Position;
import java.io.Serializable;

/**
 * What every worker is told beside the weights.
 *
 * @param step inner steps of the training before it
 * @param totalSteps inner steps of the whole training, as far as is known
 * @param position the place in the data, where that is the same for all workers
 */
public record Round(long step, long totalSteps, Position position) implements Serializable {}
