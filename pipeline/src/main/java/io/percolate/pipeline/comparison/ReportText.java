package io.percolate.pipeline.comparison;

import io.percolate.pipeline.evaluation.PatchDistances;
import io.percolate.pipeline.training.session.TrainingResult;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as a page of Markdown: two tables, and how to read them. */
record ReportText(ComparisonReport report) {

    private static final String NONE = "-";

    @Override
    public String toString() {
        return """
                # Pixel space against latent space

                %d images of %dx%d, %s for each side; %d images drawn with each in %d steps of DDIM, by the same
                captions and seeds, beside as many real ones that were held out.

                | | pixels | latents |
                |---|---|---|
                %s
                Sliced Wasserstein distance to the images held out, x 1000, between patches of 7x7 at each resolution
                (Karras et al. 2018); less is nearer:

                %s
                Other real images tell how near anything can come, the autoencoder's own reconstructions how near what
                is drawn in its latents can come. Losses of the two sides are errors in different spaces: their curves
                tell how each learns, not which is better.
                """
                .formatted(
                        report.trainedOn(),
                        report.resolution(),
                        report.resolution(),
                        report.budget(),
                        report.drawn(),
                        report.steps(),
                        costs(),
                        distances());
    }

    private String costs() {
        return both("parameters of the U-Net", side -> parameters(side, "unet"))
                + both("parameters of the text encoder", side -> parameters(side, "text_encoder_2"))
                + both("parameters of the autoencoder", side -> parameters(side, "vae"))
                + both("GFLOP of the U-Net, one image and step", side -> number("%.2f", side.gflopPerPrediction()))
                + row("training the autoencoder", NONE, autoencoder(report.autoencoder()))
                + row(
                        "encoding every image",
                        NONE,
                        number("%.0f s", report.autoencoder().encodingSeconds()))
                + both(
                        "training the denoiser",
                        side -> number("%.0f s", side.training().seconds()))
                + both(
                        "optimisation steps",
                        side -> number("%,d", side.training().steps()))
                + both("images seen", side -> number("%,d", side.training().images()))
                + both("images seen per second", side -> number("%.1f", side.imagesPerSecond()))
                + both("peak memory of that training", side -> megabytes(side.trainingMegabytes()))
                + both("seconds to draw an image", side -> number("%.2f", side.secondsPerImage()))
                + both("peak memory while drawing", side -> megabytes(side.drawingMegabytes()))
                + row(
                        "distance to real images, mean",
                        number("%.1f", report.quality().pixels().mean()),
                        number("%.1f", report.quality().latents().mean()));
    }

    private static String autoencoder(AutoencoderReport autoencoder) {
        TrainingResult training = autoencoder.training();
        return training == null
                ? "given"
                : number("%.0f s, ", training.seconds()) + number("%,d images", training.images());
    }

    private String distances() {
        Quality quality = report.quality();
        List<Integer> sides = quality.real().sides();
        String header = sides.stream().map(side -> side + "x" + side + " | ").collect(Collectors.joining());
        return "| | " + header + "mean |\n|---|" + "---|".repeat(sides.size() + 1) + "\n"
                + line("other real images", quality.real())
                + line("reconstructions", quality.autoencoder())
                + line("drawn in latents", quality.latents())
                + line("drawn on pixels", quality.pixels());
    }

    private static String line(String name, PatchDistances distances) {
        String levels = distances.thousandths().stream()
                .map(distance -> number("%.1f | ", distance))
                .collect(Collectors.joining());
        return "| " + name + " | " + levels + number("%.1f", distances.mean()) + " |\n";
    }

    private String both(String name, Function<ArmReport, String> value) {
        return row(name, value.apply(report.pixels()), value.apply(report.latents()));
    }

    private static String row(String name, String pixels, String latents) {
        return "| " + name + " | " + pixels + " | " + latents + " |\n";
    }

    private static String parameters(ArmReport side, String part) {
        Long count = side.parameters().get(part);
        return count == null ? NONE : number("%,d", count);
    }

    private static String megabytes(Double peak) {
        return peak == null ? "not measured" : number("%,.0f MB", peak);
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
