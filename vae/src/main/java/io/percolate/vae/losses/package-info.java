/**
 * What judges reconstructions beside their distance in pixels, and knows nothing of the autoencoder: a {@link
 * io.percolate.vae.losses.PatchDiscriminator} that learns to tell them from images, with its {@link
 * io.percolate.vae.losses.HingeLoss} and {@link io.percolate.vae.losses.AdaptiveWeight}, and a {@link
 * io.percolate.vae.losses.PerceptualLoss} by a network that somebody else trained, or {@link
 * io.percolate.vae.losses.FeatureMatching} by the discriminator where there is none. {@link
 * io.percolate.vae.losses.FocalFrequencyLoss} looks at the error by its frequencies. {@link
 * io.percolate.vae.losses.LeCam} and {@link io.percolate.vae.losses.Augmentations} keep a discriminator from learning few
 * images by heart, and {@link io.percolate.vae.losses.Equivariance} makes latents turn and shrink as images do.
 */
@NullMarked
package io.percolate.vae.losses;

import org.jspecify.annotations.NullMarked;
