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

                %d images of %dx%d, %s for each arm; %d images generated with each in %d steps of DDIM, by the same
                captions and seeds, beside as many real ones that were held out.

                | | pixels | latents |
                |---|---|---|
                %s
                Sliced Wasserstein distance to the images held out, x 1000, between patches of 7x7 at each resolution
                (Karras et al. 2018); less is nearer:

                %s
                Other real images tell how near anything can come, the autoencoder's own reconstructions how near images
                generated in its latents can come. Losses of the two arms are errors in different spaces: their curves
                tell how each learns, not which is better.
                """
                .formatted(
                        report.trainedOn(),
                        report.resolution(),
                        report.resolution(),
                        report.budget(),
                        report.generated(),
                        report.steps(),
                        costs(),
                        distances());
    }

    private String costs() {
        return both("parameters of the U-Net", arm -> parameters(arm, "unet"))
                + both("parameters of the text encoder", arm -> parameters(arm, "text_encoder_2"))
                + both("parameters of the autoencoder", arm -> parameters(arm, "vae"))
                + both("GFLOP of the U-Net, one image and step", arm -> number("%.2f", arm.gflopPerPrediction()))
                + row("training the autoencoder", NONE, autoencoder(report.autoencoder()))
                + row(
                        "encoding every image",
                        NONE,
                        number("%.0f s", report.autoencoder().encodingSeconds()))
                + both(
                        "training the denoiser",
                        arm -> number("%.0f s", arm.training().seconds()))
                + both("optimisation steps", arm -> number("%,d", arm.training().steps()))
                + both("images seen", arm -> number("%,d", arm.training().images()))
                + both("images seen per second", arm -> number("%.1f", arm.imagesPerSecond()))
                + both("peak memory of that training", arm -> megabytes(arm.trainingMegabytes()))
                + both("seconds to generate an image", arm -> number("%.2f", arm.secondsPerImage()))
                + both("peak memory while generating", arm -> megabytes(arm.generationMegabytes()))
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
                + line("generated in latents", quality.latents())
                + line("generated on pixels", quality.pixels());
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

    private static String parameters(ArmReport arm, String part) {
        Long count = arm.parameters().get(part);
        return count == null ? NONE : number("%,d", count);
    }

    private static String megabytes(Double peak) {
        return peak == null ? "not measured" : number("%,.0f MB", peak);
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
