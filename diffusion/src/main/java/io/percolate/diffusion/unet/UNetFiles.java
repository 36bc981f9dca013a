package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.weights.ElementType;
import io.percolate.weights.SafeTensors;
import io.percolate.weights.StateDict;
import io.percolate.weights.StrictLoading;
import io.percolate.weights.WeightFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A U-Net as diffusers keeps it in a folder: {@code config.json} and the tensors beside it. */
final class UNetFiles {

    private static final String CONFIG = "config.json";
    private static final String TENSORS = "diffusion_pytorch_model.safetensors";

    private static final Map<String, String> FORMER_ATTENTION_NAMES =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private UNetFiles() {}

    static UNet load(Path folder, NDManager manager) {
        try (StateDict dict = WeightFile.open(folder)) {
            return load(new UNet(UNetConfigFile.read(folder.resolve(CONFIG))), dict, manager);
        }
    }

    static UNet load(UNet unet, StateDict dict, NDManager manager) {
        StrictLoading.load(dict.renamed(UNetFiles::currentName), unet.shapes(), unet::assign, manager);
        return unet;
    }

    static void save(UNet unet, Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        unet.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(TENSORS), tensors, Map.of(), type);
        UNetConfigFile.write(unet.config(), folder.resolve(CONFIG));
    }

    /** Pixel-space models from before 2023: {@code attentions.0.query.weight} is now {@code attentions.0.to_q.weight}. */
    private static String currentName(String name) {
        int end = name.lastIndexOf('.');
        int start = name.lastIndexOf('.', end - 1) + 1;
        String current = end < 0 ? null : FORMER_ATTENTION_NAMES.get(name.substring(start, end));
        return current == null ? name : name.substring(0, start) + current + name.substring(end);
    }
}
