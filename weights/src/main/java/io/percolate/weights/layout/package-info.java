/**
 * The names under which tensors are published. {@link io.percolate.weights.layout.ModelFamily} lists the families and
 * their parts; one {@link io.percolate.weights.layout.Layout} for each network is the table between the names of a
 * single file and those of a diffusers folder, in both directions.
 */
@NullMarked
package io.percolate.weights.layout;

import org.jspecify.annotations.NullMarked;
