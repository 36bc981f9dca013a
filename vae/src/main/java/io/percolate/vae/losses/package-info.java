/**
 * What judges reconstructions beside their distance in pixels, and knows nothing of the autoencoder: a {@link
 * io.percolate.vae.losses.PatchDiscriminator} that learns to tell them from images, with its {@link
 * io.percolate.vae.losses.HingeLoss} and {@link io.percolate.vae.losses.AdaptiveWeight}, and a {@link
 * io.percolate.vae.losses.PerceptualLoss} by a network that somebody else trained. {@link
 * io.percolate.vae.losses.Equivariance} makes latents turn and shrink as images do.
 */
@NullMarked
package io.percolate.vae.losses;

import org.jspecify.annotations.NullMarked;
