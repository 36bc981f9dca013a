/**
 * A generative adversarial network on pixels (Goodfellow et al. 2014), small and honest: what diffusion models are compared
 * with. {@link io.percolate.pipeline.training.gan.GanTrainer} trains an {@link
 * io.percolate.pipeline.training.gan.ImageGenerator} against the discriminator of autoencoders, as {@code GanStep} says.
 */
@NullMarked
package io.percolate.pipeline.training.gan;

import org.jspecify.annotations.NullMarked;
