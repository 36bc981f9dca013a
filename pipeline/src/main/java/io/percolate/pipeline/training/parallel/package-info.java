/**
 * Training by several workers, wherever they are.
 *
 * <p>{@link io.percolate.pipeline.training.parallel.ParallelTask} is a training whose steps are rounds: it hands the
 * weights out, adds up what the {@link io.percolate.pipeline.training.parallel.Worker}s contribute, and takes one step of
 * its own along it. {@link io.percolate.pipeline.training.parallel.ParallelMode} says what a worker does in between. What
 * a worker contributes depends on the weights, the round, its part of the data, and a state that it leaves in a file; so
 * another process that takes its place contributes the same.
 */
@NullMarked
package io.percolate.pipeline.training.parallel;

import org.jspecify.annotations.NullMarked;
