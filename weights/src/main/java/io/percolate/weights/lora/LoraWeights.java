package io.percolate.weights.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.EngineArrays;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Low-rank updates in memory, ready to be written. The arrays stay the caller's.
 *
 * @param factors those of each network, by the names that diffusers gives its layers
 * @param alpha of every update
 */
public record LoraWeights(Map<ModelPart, Map<String, Factors>> factors, double alpha) {

    /**
     * One layer's.
     *
     * @param down (R,in), of a convolution (R,in,k,k)
     * @param up (out,R), of a convolution (out,R,1,1)
     */
    public record Factors(NDArray down, NDArray up) {}

    /**
     * Writes a file of {@code format}, whole or not at all; the same weights give the same bytes.
     *
     * @param metadata what it says beside them
     */
    public void write(Path file, LoraFormat format, Map<String, String> metadata, NDManager manager) {
        Map<String, NDArray> tensors = new TreeMap<>();
        try (NDManager own = manager.newSubManager()) {
            factors.forEach(
                    (part, layers) -> layers.forEach((layer, pair) -> add(tensors, format, part, layer, pair, own)));
            SafeTensors.write(file, tensors, metadata, ElementType.F32);
        }
    }

    private void add(
            Map<String, NDArray> tensors,
            LoraFormat format,
            ModelPart part,
            String layer,
            Factors pair,
            NDManager manager) {
        String name = format.layer(part, layer);
        LoraNaming naming = format.naming(part, layer);
        tensors.put(naming.down(name), pair.down);
        tensors.put(naming.up(name), pair.up);
        if (format.hasAlphas()) {
            float number = (float) alpha;
            NDArray array =
                    EngineArrays.filled(manager, new Shape(), DataType.FLOAT32, bytes -> bytes.putFloat(number));
            tensors.put(name + LoraAlphas.TENSOR, array);
        }
    }
}
