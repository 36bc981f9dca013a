/**
 * {@code percolate cluster evaluate}: tasks measure some images each, and their results merge to those of one machine.
 * {@link io.percolate.cluster.evaluate.EvaluateJob} is all that Spark does in it; what is measured is in {@code
 * io.percolate.pipeline.evaluation} and {@code io.percolate.pipeline.score}.
 */
@NullMarked
package io.percolate.cluster.evaluate;

import org.jspecify.annotations.NullMarked;
