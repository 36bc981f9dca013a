package io.percolate.cli;

import io.percolate.cli.options.JsonText;
import io.percolate.cli.options.ModelOptions;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.evaluation.Evaluation;
import io.percolate.pipeline.evaluation.Reconstruction;
import io.percolate.pipeline.evaluation.Retrieval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measure a model on images with captions: how well its autoencoder reconstructs them (PSNR, SSIM),"
                        + " and whether the image generated for a caption is closest to that caption's image.")
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "folder of images with captions, such as dataset emoji makes")
    private Path data;

    @Option(
            names = "--captions",
            paramLabel = "N",
            defaultValue = "256",
            description = "number of captions of the training split to generate (default: ${DEFAULT-VALUE})")
    private int captions;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "inference steps (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    private boolean json;

    @Override
    public Integer call() {
        if (captions < 1) {
            throw new IllegalArgumentException("--captions " + captions + ": generate 1 or more");
        }
        ImageDataset dataset = ImageDataset.open(data);
        Map<String, List<ImageEntry>> queries = queries(dataset);
        try (Pipeline pipeline = model.open()) {
            Map<String, Object> report = report(pipeline, dataset, queries);
            spec.commandLine().getOut().println(json ? JsonText.of(report) : table(report));
        }
        return 0;
    }

    private Map<String, Object> report(Pipeline pipeline, ImageDataset dataset, Map<String, List<ImageEntry>> queries) {
        if (!pipeline.takesText()) {
            throw new IllegalArgumentException("this model was trained without text, but evaluate generates captions:"
                    + " name a model with a text encoder");
        }
        Map<String, Object> report = new LinkedHashMap<>();
        try (Evaluation evaluation = new Evaluation(pipeline, dataset)) {
            evaluation.reconstruction().ifPresent(kept -> report.put("reconstruction", kept));
            queries.forEach((name, entries) -> report.put(name, evaluation.retrieval(entries, steps)));
        }
        return report;
    }

    /** The captions to generate: some that were trained on, and all that were held out. */
    private Map<String, List<ImageEntry>> queries(ImageDataset dataset) {
        Map<String, List<ImageEntry>> queries = new LinkedHashMap<>();
        queries.put("trained", trained(dataset));
        queries.put("heldOut", captioned(dataset, Split.HELD_OUT));
        queries.values().removeIf(List::isEmpty);
        if (queries.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data " + data + " has no captions to generate: put them in metadata.jsonl"
                            + " (file_name, text) or in a .txt beside each image");
        }
        return queries;
    }

    /** Captions that were trained on, without variants of the skin tone; the same ones at every call. */
    private List<ImageEntry> trained(ImageDataset dataset) {
        List<ImageEntry> entries = captioned(dataset, Split.TRAIN);
        entries.removeIf(entry -> entry.fields().containsKey("skin"));
        Collections.shuffle(entries, new Random(0));
        return entries.subList(0, Math.min(captions, entries.size()));
    }

    private static List<ImageEntry> captioned(ImageDataset dataset, Split split) {
        List<ImageEntry> entries = new ArrayList<>(dataset.split(split).entries());
        entries.removeIf(entry -> entry.captions().isEmpty());
        return entries;
    }

    private static String table(Map<String, Object> report) {
        return report.entrySet().stream()
                .map(part -> part.getValue() instanceof Retrieval retrieval
                        ? line(part.getKey(), retrieval)
                        : line((Reconstruction) part.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(Reconstruction reconstruction) {
        return "autoencoder  PSNR %.2f dB, SSIM %.3f over %d images"
                .formatted(reconstruction.psnr(), reconstruction.ssim(), reconstruction.images());
    }

    private static String line(String name, Retrieval retrieval) {
        return "%-12s R@1 %.1f %%, R@5 %.1f %%, median rank %.1f of %d (%d captions)"
                .formatted(
                        name,
                        100 * retrieval.recallAt1(),
                        100 * retrieval.recallAt5(),
                        retrieval.medianRank(),
                        retrieval.candidates(),
                        retrieval.queries());
    }
}
