/**
 * Training, from a folder of images to a model folder.
 *
 * <p>{@link io.percolate.pipeline.training.VaeTrainer} and {@link io.percolate.pipeline.training.DiffusionTrainer} are
 * the ways in; a recipe file says what they train and how. Both hand a {@code TrainingTask}, which knows its network,
 * data and loss, to the same {@code TrainingLoop}, which knows gradients, learning rate, averaged weights,
 * checkpoints, log and samples. A {@code Sitting} says when it is over and who watches.
 *
 * <p>A denoiser is trained in a {@code TrainingSpace}: the latents of an autoencoder, where every image is encoded
 * once before, or pixels. Nothing else in a diffusion training knows which of the two it is.
 */
@NullMarked
package io.percolate.pipeline.training;

import org.jspecify.annotations.NullMarked;
