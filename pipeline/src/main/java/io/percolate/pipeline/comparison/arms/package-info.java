/**
 * What is compared: an {@link io.percolate.pipeline.comparison.arms.ArmRecipe} has a name and a model, a denoiser on pixels
 * or in the latents of an {@link io.percolate.pipeline.comparison.arms.AutoencoderChoice}, a generator with a
 * discriminator, or the prior of an autoencoder. {@link io.percolate.pipeline.comparison.arms.ArmFile} reads it.
 */
@NullMarked
package io.percolate.pipeline.comparison.arms;

import org.jspecify.annotations.NullMarked;
