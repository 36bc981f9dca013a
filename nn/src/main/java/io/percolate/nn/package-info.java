/**
 * Layers and the one door to native operators; knows nothing of diffusion.
 *
 * <p>{@code layers} are what networks are made of, {@code engine} is what they compute with, {@code random} makes the
 * noise of generation and training, {@code optim} turns gradients into new weights. Start at
 * {@link io.percolate.nn.layers.Layer}.
 */
@NullMarked
package io.percolate.nn;

import org.jspecify.annotations.NullMarked;
