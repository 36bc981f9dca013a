package io.percolate.pipeline.model.inspection;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.files.BadFileException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.model.ModelConfigs;
import io.percolate.pipeline.model.PublishedConfigs;
import io.percolate.weights.ControlNetFile;
import io.percolate.weights.SingleFile;
import io.percolate.weights.WeightFile;
import io.percolate.weights.lora.LoraFile;
import io.percolate.weights.lora.LoraSummary;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks into models: only headers and configs are read, no tensor. */
public final class Inspection {

    private Inspection() {}

    /**
     * What is in a model folder, the folder of one part, a single-file model or another file of weights.
     *
     * @param configs a folder whose configs a single file is compared with, instead of those of its family
     * @throws WeightsException if it is none of these, or broken
     */
    public static ModelReport of(Path path, Optional<Path> configs) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + ": no such file or folder");
        }
        if (Files.exists(path.resolve("model_index.json"))) {
            return new FolderInspection(path).report();
        }
        if (!Files.isDirectory(path) && isModel(path)) {
            return file(path, configs);
        }
        return isControlNet(path) ? new ControlNetInspection(path).report() : weights(path);
    }

    private static boolean isControlNet(Path path) {
        try (StateDict dict = WeightFile.open(path)) {
            return ControlNetFile.isControlNet(dict);
        }
    }

    /**
     * What is in {@code path}, if it is a LoRA file.
     *
     * @throws WeightsException if it is broken, or a relative such as LoHa, which the message names
     */
    public static Optional<LoraSummary> lora(Path path) {
        if (!Files.isRegularFile(path) || !isLora(path)) {
            return Optional.empty();
        }
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                LoraFile file = WeightFile.openLora(path, manager)) {
            return Optional.of(file.summary());
        }
    }

    private static boolean isLora(Path path) {
        try (StateDict dict = WeightFile.open(path)) {
            return LoraFile.isLora(dict);
        }
    }

    private static boolean isModel(Path path) {
        try (SingleFile file = SingleFile.open(path)) {
            return !file.family().parts().isEmpty();
        } catch (BadFileException other) {
            return false;
        }
    }

    private static ModelReport file(Path path, Optional<Path> configs) {
        try (SingleFile file = SingleFile.open(path)) {
            return new FileInspection(file, configs.map(ModelConfigs::read).orElseGet(() -> PublishedConfigs.of(file)))
                    .report();
        }
    }

    private static ModelReport weights(Path path) {
        try (StateDict dict = WeightFile.open(path)) {
            PartReport part = PartReport.of(path.getFileName().toString(), dict, "");
            return new ModelReport("weights, not a whole model", "", false, 0, List.of(part), List.of());
        }
    }
}
