/**
 * One training step of an autoencoder: {@link io.percolate.pipeline.training.autoencoder.VaeStep}, with the {@link
 * io.percolate.pipeline.training.autoencoder.Adversary} that its reconstructions may have to deceive.
 */
@NullMarked
package io.percolate.pipeline.training.autoencoder;

import org.jspecify.annotations.NullMarked;
