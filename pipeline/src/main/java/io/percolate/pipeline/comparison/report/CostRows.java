package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.evaluation.features.FeatureMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the arms are, took and reached, side by side: a column for each. */
record CostRows(Map<String, ArmReport> arms) {

    private static final String NONE = "-";
    private static final String GENERATOR = "generator";

    List<List<String>> all() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of(""), arms.keySet().stream()).toList());
        rows.add(row("space", ArmReport::space));
        rows.add(row("parameters of the U-Net", arm -> parameters(arm, "unet")));
        rows.add(row("parameters of the text encoder", arm -> parameters(arm, "text_encoder_2")));
        rows.add(row("parameters of the autoencoder", arm -> parameters(arm, "vae")));
        if (any(arm -> arm.parameters().get(GENERATOR))) {
            rows.add(row("parameters of the generator", arm -> parameters(arm, GENERATOR)));
        }
        rows.add(row("GFLOP to generate, one image and step", arm -> number("%.2f", arm.gflopPerPrediction())));
        rows.add(row("training the autoencoder", CostRows::autoencoder));
        rows.add(row("encoding every image", CostRows::encoding));
        rows.add(row("training the model", arm -> arm.over(run -> run.training().seconds())
                .text("%.0f s")));
        rows.add(row("optimisation steps", arm -> arm.over(run -> run.training().steps())
                .text("%,.0f")));
        rows.add(row(
                "images seen", arm -> arm.over(run -> run.training().images()).text("%,.0f")));
        rows.add(row("images seen per second", arm -> arm.over(RunReport::imagesPerSecond)
                .text("%.1f")));
        rows.add(
                row("peak memory of that training", arm -> megabytes(arm.first().trainingMegabytes())));
        rows.add(row(
                "seconds to generate an image",
                arm -> arm.over(run -> run.generation().secondsPerImage()).text("%.2f")));
        rows.add(row(
                "peak memory while generating",
                arm -> megabytes(arm.first().generation().megabytes())));
        rows.add(row("distance to real images, mean", arm -> arm.distance().text("%.1f")));
        rows.addAll(optional());
        rows.add(row(
                "median distance to the nearest trained image, of 255",
                arm -> arm.over(run -> run.nearest().originality().distance()).text("%.1f")));
        rows.add(row("the same of images held out", CostRows::ofRealImages));
        rows.add(row("verdict", arm -> arm.verdict().words()));
        return rows;
    }

    private List<List<String>> optional() {
        List<List<String>> rows = new ArrayList<>();
        if (any(arm -> arm.first().retrieval())) {
            rows.add(row("R@1 of trained captions", arm -> retrieval(arm, Retrieval::recallAt1)));
            rows.add(row("R@5 of trained captions", arm -> retrieval(arm, Retrieval::recallAt5)));
        }
        if (all(CostRows::features)) {
            rows.add(row("Frechet distance", CostRows::frechet));
            rows.add(row("kernel distance x 1000", arm -> features(arm, metrics -> 1000 * metrics.kernel())));
            rows.add(row("precision", arm -> features(arm, FeatureMetrics::precision)));
            rows.add(row("recall", arm -> features(arm, FeatureMetrics::recall)));
        }
        return rows;
    }

    private boolean all(Function<ArmReport, @Nullable Object> part) {
        return arms.values().stream().map(part).allMatch(Objects::nonNull);
    }

    private boolean any(Function<ArmReport, @Nullable Object> part) {
        return arms.values().stream().map(part).anyMatch(Objects::nonNull);
    }

    private static @Nullable FeatureMetrics features(ArmReport arm) {
        return arm.first().quality().features();
    }

    private static String features(ArmReport arm, Function<FeatureMetrics, Double> number) {
        return arm.over(run -> number.apply(run.quality().features())).text("%.3f");
    }

    private static String frechet(ArmReport arm) {
        FeatureMetrics metrics = features(arm);
        return metrics.frechet() == null ? metrics.missing() : features(arm, FeatureMetrics::frechet);
    }

    private static String retrieval(ArmReport arm, Function<Retrieval, Double> share) {
        if (arm.first().retrieval() == null) {
            return NONE;
        }
        return arm.over(run -> 100 * share.apply(run.retrieval())).text("%.1f") + " % (of "
                + arm.first().retrieval().candidates() + " images)";
    }

    private static String autoencoder(ArmReport arm) {
        if (arm.autoencoder() == null) {
            return NONE;
        }
        var training = arm.autoencoder().training();
        return training == null
                ? "given"
                : number("%.0f s, ", training.seconds()) + number("%,d images", training.images());
    }

    private static String ofRealImages(ArmReport arm) {
        Double distance = arm.first().nearest().originality().distanceOfRealImages();
        return distance == null ? NONE : number("%.1f", distance);
    }

    private static String encoding(ArmReport arm) {
        return arm.autoencoder() == null
                ? NONE
                : number("%.0f s", arm.autoencoder().encodingSeconds());
    }

    private List<String> row(String name, Function<ArmReport, String> value) {
        return Stream.concat(Stream.of(name), arms.values().stream().map(value)).toList();
    }

    private static String parameters(ArmReport arm, String part) {
        Long count = arm.parameters().get(part);
        return count == null ? NONE : number("%,d", count);
    }

    private static String megabytes(@Nullable Double peak) {
        return peak == null ? "not measured" : number("%,.0f MB", peak);
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
