/**
 * A tiny autoencoder that learns from a larger one, its teacher: {@link
 * io.percolate.pipeline.training.tiny.TinyTrainer} is the way in, a {@link
 * io.percolate.pipeline.training.tiny.TinyRecipe} says what it trains and how, {@code TinyStep} is one training step.
 */
@NullMarked
package io.percolate.pipeline.training.tiny;

import org.jspecify.annotations.NullMarked;
