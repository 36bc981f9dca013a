/**
 * The autoencoder between pixels and latents, and what trains it (Rombach et al. 2022, section 3.1).
 *
 * <p>Start at {@link io.percolate.vae.AutoencoderKl}: an encoder halves the image a few times and ends in a
 * {@link io.percolate.vae.LatentDistribution}, from which latents are sampled; a decoder goes the way back. Its
 * shape is a {@link io.percolate.vae.VaeConfig}, which {@link io.percolate.vae.VaeJson} reads and writes as the
 * published {@code config.json}; {@link io.percolate.vae.Resizing} is what its levels are joined by. Latents are brought to unit variance for the diffusion model by a {@link
 * io.percolate.vae.LatentScale}, measured on the data by {@link io.percolate.vae.LatentStatistics}; one that tells
 * channels apart is folded into the weights when the autoencoder is saved. {@link io.percolate.vae.LatentAlignment} turns
 * them into those of another autoencoder. Images too large for the memory are coded in
 * tiles, see {@link io.percolate.vae.Tiling}.
 *
 * <p>{@link io.percolate.vae.VaeLoss} is the training objective, {@link io.percolate.vae.losses.ImageMetrics} says how close
 * the reconstructions come.
 *
 * <p>Shapes: B images of C channels, H x W pixels in [-1,1]; E latent channels, h = H/f and w = W/f where f is
 * the downsampling factor.
 */
@NullMarked
package io.percolate.vae;

import org.jspecify.annotations.NullMarked;
