/**
 * What networks are made of: parameters with torch's names, and the layers that hold them.
 *
 * <p>Start at {@link io.percolate.nn.layers.Layer}, which has named parameters and named children. {@link
 * io.percolate.nn.layers.Linear}, {@link io.percolate.nn.layers.Conv2d} and the norms are the leaves; {@link
 * io.percolate.nn.layers.ResnetBlock} and {@link io.percolate.nn.layers.SpatialTransformer} are built from them. {@link
 * io.percolate.nn.layers.Kernels} chooses the native operator for each call. A network's parameters stay in memory, or
 * are offloaded: then they are there only while {@link io.percolate.nn.layers.Layer#use} runs.
 */
@NullMarked
package io.percolate.nn.layers;

import org.jspecify.annotations.NullMarked;
