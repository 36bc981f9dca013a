/**
 * Where a denoiser is trained: in the latents of an autoencoder, or on pixels.
 *
 * <p>{@link io.percolate.pipeline.training.space.TrainingSpace} is the only place in which the two trainings differ.
 * In latents every image is encoded once, before the first step, and {@code LatentCache} keeps what came of it for
 * the next run.
 */
@NullMarked
package io.percolate.pipeline.training.space;

import org.jspecify.annotations.NullMarked;
