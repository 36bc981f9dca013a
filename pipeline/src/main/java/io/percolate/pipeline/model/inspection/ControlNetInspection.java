package io.percolate.pipeline.model.inspection;

import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.diffusion.unet.published.ControlNetJson;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.weights.ControlNetFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Looks into a ControlNet, and compares its tensors with its config if it has one.
 *
 * @param path its folder or file
 */
record ControlNetInspection(Path path) {

    ModelReport report() {
        try (StateDict dict = ControlNetFile.open(path)) {
            PartReport part = PartReport.of(path.getFileName().toString(), dict, problem(dict));
            return new ModelReport("ControlNet" + family(dict), "", false, 0, List.of(part), List.of());
        }
    }

    private String problem(StateDict dict) {
        if (!Files.isDirectory(path)) {
            return "";
        }
        try {
            JsonConfig config = JsonConfig.read(path.resolve(DiffusersLayout.CONFIG));
            return PartReport.problem(LoadReport.compare(dict, new ControlNet(ControlNetJson.read(config)).shapes()));
        } catch (BadFileException broken) {
            return broken.getMessage();
        }
    }

    /** The family that it is for, if that is a published one; else the width of the prompt embeddings. */
    private static String family(StateDict dict) {
        int width = ControlNetFile.contextWidth(dict);
        return Arrays.stream(ModelFamily.values())
                .filter(family -> family.contextWidth() == width)
                .findFirst()
                .map(family -> " for " + family.title())
                .orElse(" for prompt embeddings of width " + width);
    }
}
