package io.percolate.weights.inversion;

import ai.djl.ndarray.NDArray;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The vectors of a new token in memory, ready to be written. The arrays stay the caller's.
 *
 * @param vectors (N,D) for each text encoder
 */
public record InversionWeights(Map<ModelPart, NDArray> vectors) {

    private static final String NAME = "name";

    /**
     * Writes a file as diffusers reads it: one tensor that is called as the token, or {@code clip_l} and {@code clip_g} for
     * two text encoders.
     */
    public void write(Path file, String token) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        vectors.forEach((part, array) -> tensors.put(vectors.size() == 1 ? token : xlName(part), array));
        SafeTensors.write(file, tensors, Map.of(NAME, token), ElementType.F32);
    }

    private static String xlName(ModelPart part) {
        return part == ModelPart.TEXT_ENCODER ? "clip_l" : "clip_g";
    }
}
