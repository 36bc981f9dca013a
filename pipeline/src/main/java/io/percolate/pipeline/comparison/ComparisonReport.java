package io.percolate.pipeline.comparison;

/**
 * What a {@link Comparison} found.
 *
 * @param resolution side of the images in pixels
 * @param budget of each arm
 * @param trainedOn number of images trained on
 * @param generated number of images generated with each arm, and held out
 * @param steps inference steps of each image
 * @param autoencoder what the way to the latents took
 * @param latents what the denoiser of latents took
 * @param pixels what the denoiser of pixels took
 * @param quality of the generated images
 */
public record ComparisonReport(
        int resolution,
        String budget,
        int trainedOn,
        int generated,
        int steps,
        AutoencoderReport autoencoder,
        ArmReport latents,
        ArmReport pixels,
        Quality quality) {

    /** As a page of Markdown. */
    public String text() {
        return new ReportText(this).toString();
    }
}
