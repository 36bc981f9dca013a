package io.percolate.pipeline.score;

/**
 * The bound of a latent model in pixels, in bits per dimension of 8-bit pixels: {@code -log p(x)} is at most distortion
 * plus rate (Kingma and Welling 2014, eq. 3; Vahdat et al. 2021, eq. 3), for the model that samples latents z by
 * diffusion and pixels from a normal distribution around what the decoder makes of z.
 *
 * @param total distortion plus rate
 * @param distortion {@code E -log p(x | z)} for z from the encoder's posterior
 * @param rate {@code E log q(z | x) - log p(z)}, the latter by the variational bound
 * @param std deviation of the decoder's normal distribution in units of [-1, 1]: the root of the mean squared error over
 *     these very images, the most favourable single number
 */
public record DecoderReport(Mean total, double distortion, double rate, double std) {}
