/**
 * {@code percolate cluster train}: each round of a shared training is a job, and each worker a task. {@link
 * io.percolate.cluster.train.SparkWorkers} is all that Spark does in it; what workers and driver do is in {@code
 * io.percolate.pipeline.training.parallel}.
 */
@NullMarked
package io.percolate.cluster.train;

import org.jspecify.annotations.NullMarked;
