/**
 * Training, from a folder of images to a model folder.
 *
 * <p>{@link io.percolate.pipeline.training.DiffusionStep} is one training step of a denoiser from end to end, and
 * {@link io.percolate.pipeline.training.autoencoder.VaeStep} one of an autoencoder: read these first. {@link
 * io.percolate.pipeline.training.VaeTrainer} and {@link io.percolate.pipeline.training.DiffusionTrainer} are the ways
 * in; a recipe says what they train and how, and {@code preset} has recipes by the size of images. Both hand a {@code TrainingTask}, which knows its networks, data and
 * step, to the same {@code TrainingLoop}, which repeats the step and keeps checkpoints, log and samples. A {@code
 * TrainingSession} says when it is over and who watches.
 *
 * <p>A denoiser is trained in a {@code TrainingSpace}: the latents of an autoencoder, where every image is encoded
 * once before, or pixels. Nothing else in a diffusion training knows which of the two it is.
 */
@NullMarked
package io.percolate.pipeline.training;

import org.jspecify.annotations.NullMarked;
