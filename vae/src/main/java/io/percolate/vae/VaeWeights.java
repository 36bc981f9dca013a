package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.StrictLoading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An autoencoder's tensors as diffusers keeps them, today's names and those of before 2023. */
final class VaeWeights {

    private static final String FILE = "diffusion_pytorch_model.safetensors";

    private VaeWeights() {}

    /** Gives every parameter of {@code vae} its tensor, or none; fails naming everything that does not fit. */
    static void load(AutoencoderKl vae, StateDict dict, NDManager manager) {
        StrictLoading.load(LegacyKeys.current(dict), vae.shapes(), vae::assign, manager);
    }

    static void save(AutoencoderKl vae, Path folder, ElementType type) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        vae.parameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
        SafeTensors.write(folder.resolve(FILE), tensors, Map.of(), type);
    }
}
