package io.percolate.pipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code percolate evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measure a model on captioned pictures: what its autoencoder keeps of them, and whether pictures"
                + " are found again by what is drawn for their captions.")
final class EvaluateCommand implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "DIR", description = "model folder; the embedded model if absent")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of captioned pictures")
    private Path data;

    @Option(
            names = "--captions",
            paramLabel = "N",
            defaultValue = "256",
            description = "how many trained captions to draw (default: ${DEFAULT-VALUE})")
    private int captions;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "inference steps (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        ImageDataset dataset = ImageDataset.open(data);
        try (Pipeline pipeline = model == null ? Pipeline.embedded() : Pipeline.load(model);
                Evaluation evaluation = new Evaluation(pipeline, dataset)) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("reconstruction", evaluation.reconstruction());
            report.put("trained", evaluation.retrieval(trained(dataset), steps));
            report.put(
                    "heldOut",
                    evaluation.retrieval(dataset.split(Split.HELD_OUT).entries(), steps));
            System.out.println(json ? new ObjectMapper().writeValueAsString(report) : table(report));
        }
        return 0;
    }

    /** Captions that were trained on, without variants of the skin tone; the same ones at every call. */
    private List<ImageEntry> trained(ImageDataset dataset) {
        List<ImageEntry> entries = new ArrayList<>(dataset.split(Split.TRAIN).entries());
        entries.removeIf(
                entry -> entry.fields().containsKey("skin") || entry.captions().isEmpty());
        Collections.shuffle(entries, new Random(0));
        return entries.subList(0, Math.min(captions, entries.size()));
    }

    private static String table(Map<String, Object> report) {
        Reconstruction reconstruction = (Reconstruction) report.get("reconstruction");
        return "autoencoder        PSNR %.2f dB, SSIM %.3f over %d pictures%n%s%n%s"
                .formatted(
                        reconstruction.psnr(),
                        reconstruction.ssim(),
                        reconstruction.pictures(),
                        line("trained captions", (Retrieval) report.get("trained")),
                        line("held-out captions", (Retrieval) report.get("heldOut")));
    }

    private static String line(String name, Retrieval retrieval) {
        return "%-18s R@1 %.1f %%, R@5 %.1f %%, median rank %.1f of %d (%d captions)"
                .formatted(
                        name,
                        100 * retrieval.recallAt1(),
                        100 * retrieval.recallAt5(),
                        retrieval.medianRank(),
                        retrieval.candidates(),
                        retrieval.queries());
    }
}
