package io.percolate.pipeline.evaluation;

import java.util.Locale;

/**
 * How much of an image an autoencoder keeps.
 *
 * @param images number of images
 * @param psnr mean peak signal-to-noise ratio in decibels
 * @param ssim mean structural similarity (Wang et al. 2004)
 */
public record Reconstruction(int images, double psnr, double ssim) implements Measurement {

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "PSNR %.2f dB, SSIM %.3f over %d images", psnr, ssim, images);
    }
}
