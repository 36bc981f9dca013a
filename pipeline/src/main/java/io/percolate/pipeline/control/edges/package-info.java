/** Finds the edges of an image without a network: read {@link io.percolate.pipeline.control.edges.Canny} first. */
@NullMarked
package io.percolate.pipeline.control.edges;

import org.jspecify.annotations.NullMarked;
