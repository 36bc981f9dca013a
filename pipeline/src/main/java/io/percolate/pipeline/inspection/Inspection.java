package io.percolate.pipeline.inspection;

import io.percolate.weights.ModelPart;
import io.percolate.weights.SingleFile;
import io.percolate.weights.StateDict;
import io.percolate.weights.WeightFile;
import io.percolate.weights.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks into models: only headers and configs are read, no tensor. */
public final class Inspection {

    private static final Map<String, String> FAMILIES =
            Map.of("SD1", "Stable Diffusion 1", "SD2", "Stable Diffusion 2", "SDXL", "Stable Diffusion XL");

    private Inspection() {}

    /**
     * What is in a model folder, the folder of one part, a single-file model or another file of weights.
     *
     * @throws WeightsException if it is none of these, or broken
     */
    public static ModelReport of(Path path) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + ": no such file or folder");
        }
        if (Files.exists(path.resolve("model_index.json"))) {
            return new FolderInspection(path).report();
        }
        return Files.isDirectory(path) ? weights(path) : file(path);
    }

    private static ModelReport file(Path path) {
        try (SingleFile file = SingleFile.open(path)) {
            return single(file);
        } catch (WeightsException noModel) {
            return weights(path);
        }
    }

    private static ModelReport single(SingleFile file) {
        List<PartReport> parts = new ArrayList<>();
        for (ModelPart part : file.family().parts()) {
            parts.add(part(file, part));
        }
        String family =
                FAMILIES.getOrDefault(file.family().name(), file.family().name()) + ", one file";
        return new ModelReport(
                family, "", file.hasAverage(), file.trainingSteps().orElse(0), parts, List.of());
    }

    private static PartReport part(SingleFile file, ModelPart part) {
        try {
            return PartReport.of(part.folder(), file.part(part), "");
        } catch (WeightsException missing) {
            return PartReport.broken(part.folder(), missing.getMessage());
        }
    }

    private static ModelReport weights(Path path) {
        try (StateDict dict = WeightFile.open(path)) {
            PartReport part = PartReport.of(path.getFileName().toString(), dict, "");
            return new ModelReport("weights, not a whole model", "", false, 0, List.of(part), List.of());
        }
    }
}
