/** Measures how far images that a ControlNet steers by edges have these edges. */
@NullMarked
package io.percolate.pipeline.evaluation.edges;

import org.jspecify.annotations.NullMarked;
