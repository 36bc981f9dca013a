/**
 * The tiny autoencoder, for previews and for decoding in next to no time: {@link
 * io.percolate.vae.tiny.TinyAutoencoder} of a {@link io.percolate.vae.tiny.TinyConfig}, read by {@link
 * io.percolate.vae.tiny.TinyJson}. It knows the latents of the autoencoder that it imitates, already of unit variance.
 */
@NullMarked
package io.percolate.vae.tiny;

import org.jspecify.annotations.NullMarked;
