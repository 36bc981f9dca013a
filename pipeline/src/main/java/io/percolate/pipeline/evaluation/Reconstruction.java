package io.percolate.pipeline.evaluation;

/**
 * How much of a picture an autoencoder keeps.
 *
 * @param pictures number of pictures
 * @param psnr mean peak signal-to-noise ratio in decibels
 * @param ssim mean structural similarity (Wang et al. 2004)
 */
public record Reconstruction(int pictures, double psnr, double ssim) {}
