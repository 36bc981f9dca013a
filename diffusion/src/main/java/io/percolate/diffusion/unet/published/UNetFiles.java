package io.percolate.diffusion.unet.published;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNet;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A U-Net as diffusers keeps it in a folder: {@code config.json} and the tensors beside it. */
public final class UNetFiles {

    private UNetFiles() {}

    public static UNet load(Path folder, NDManager manager) {
        try (StateDict dict = WeightFile.open(folder)) {
            return load(new UNet(UNetConfigFile.read(folder.resolve(DiffusersLayout.CONFIG))), dict, manager);
        }
    }

    public static UNet load(UNet unet, StateDict dict, NDManager manager) {
        StrictLoading.load(LegacyKeys.current(dict), unet.shapes(), unet::assign, manager);
        return unet;
    }

    public static void save(UNet unet, Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        unet.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(DiffusersLayout.WEIGHTS), tensors, Map.of(), type);
        UNetConfigFile.write(unet.config(), folder.resolve(DiffusersLayout.CONFIG));
    }
}
