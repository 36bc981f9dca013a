package io.percolate.diffusion.unet.published;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.control.ControlNet;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A ControlNet as diffusers keeps it in a folder: {@code config.json} and the tensors beside it. */
public final class ControlNetFiles {

    private ControlNetFiles() {}

    /** Writes a folder, the tensors as {@code type}. */
    public static void save(ControlNet network, Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(DiffusersLayout.WEIGHTS), tensors, Map.of(), type);
        ControlNetJson.write(network.shape()).write(folder.resolve(DiffusersLayout.CONFIG));
    }
}
