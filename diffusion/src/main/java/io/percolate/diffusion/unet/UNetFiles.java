package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.weights.ElementType;
import io.percolate.weights.FormerNames;
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

    private UNetFiles() {}

    static UNet load(Path folder, NDManager manager) {
        try (StateDict dict = WeightFile.open(folder)) {
            return load(new UNet(UNetConfigFile.read(folder.resolve(CONFIG))), dict, manager);
        }
    }

    static UNet load(UNet unet, StateDict dict, NDManager manager) {
        StrictLoading.load(FormerNames.current(dict), unet.shapes(), unet::assign, manager);
        return unet;
    }

    static void save(UNet unet, Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        unet.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(TENSORS), tensors, Map.of(), type);
        UNetConfigFile.write(unet.config(), folder.resolve(CONFIG));
    }
}
