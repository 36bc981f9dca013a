package io.percolate.pipeline.evaluation;

import java.util.Locale;

/**
 * How much of an image an autoencoder keeps.
 *
 * @param images number of images
 * @param psnr mean peak signal-to-noise ratio in decibels
 * @param ssim mean structural similarity (Wang et al. 2004)
 * @param highFrequencies part of the energy of small details that is left, see {@link
 *     io.percolate.vae.losses.ImageMetrics#highFrequenciesKept}
 */
public record Reconstruction(int images, double psnr, double ssim, double highFrequencies) implements Measurement {

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                "PSNR %.2f dB, SSIM %.3f, high frequencies %.0f %% over %d images",
                psnr,
                ssim,
                100 * highFrequencies,
                images);
    }
}
