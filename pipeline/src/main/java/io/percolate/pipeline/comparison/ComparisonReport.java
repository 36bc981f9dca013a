package io.percolate.pipeline.comparison;

/**
 * What a {@link Comparison} found.
 *
 * @param resolution side of the pictures in pixels
 * @param budget of each contestant
 * @param trainedOn number of pictures trained on
 * @param drawn number of pictures drawn with each, and held out
 * @param steps inference steps of each picture
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
        ContestantReport latents,
        ContestantReport pixels,
        Quality quality) {

    /** As a page of Markdown. */
    public String text() {
        return new ReportText(this).toString();
    }
}
