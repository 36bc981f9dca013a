package io.percolate.pipeline.comparison;

/**
 * What a {@link Comparison} found.
 *
 * @param resolution side of the images in pixels
 * @param budget of each contestant
 * @param trainedOn number of images trained on
 * @param drawn number of images drawn with each, and held out
 * @param steps inference steps of each image
 * @param autoencoder what the way to the latents took
 * @param latents what the denoiser of latents took
 * @param pixels what the denoiser of pixels took
 * @param quality of what was drawn
 */
public record ComparisonReport(
        int resolution,
        String budget,
        int trainedOn,
        int drawn,
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
