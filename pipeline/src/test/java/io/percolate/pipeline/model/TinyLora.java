package io.percolate.pipeline.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A LoRA file of random updates for every matrix and convolution of a tiny model. */
public final class TinyLora {

    private static final int RANK = 2;
    private static final float ALPHA = 3;
    private static final double SIZE = 0.1;
    private static final Map<ModelPart, String> PREFIXES = Map.of(
            ModelPart.UNET, "lora_unet_",
            ModelPart.TEXT_ENCODER, "lora_te1_",
            ModelPart.TEXT_ENCODER_2, "lora_te2_");

    private TinyLora() {}

    /** Writes one for these parts of the model in {@code folder}. */
    public static Path write(Path file, Path folder, ModelPart... parts) {
        try (NDManager manager = TorchEngine.newManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            for (ModelPart part : parts) {
                try (StateDict network = WeightFile.open(folder.resolve(part.folder()))) {
                    changed(network)
                            .forEach(name -> tensors.putAll(update(
                                    manager,
                                    layer(part, name),
                                    network.info(name).shape())));
                }
            }
            SafeTensors.write(file, tensors, Map.of(), ElementType.F32);
            return file;
        }
    }

    /** Writes the weights in {@code folder} anew, with {@code scale} times the updates in {@code lora}, by the definition. */
    static void addTo(Path folder, ModelPart part, Path lora, double scale) {
        try (NDManager manager = TorchEngine.newManager();
                StateDict network = WeightFile.open(folder);
                SafeTensors updates = SafeTensors.open(lora)) {
            Map<String, NDArray> sums = new LinkedHashMap<>();
            network.names().forEach(name -> sums.put(name, network.copy(manager, name, DataType.FLOAT32)));
            for (String name : changed(network)) {
                NDArray up = updates.read(manager, layer(part, name) + ".lora_up.weight")
                        .reshape(-1, RANK);
                NDArray down = updates.read(manager, layer(part, name) + ".lora_down.weight")
                        .reshape(RANK, -1);
                NDArray change = up.matMul(down).mul((float) (scale * ALPHA / RANK));
                sums.computeIfPresent(name, (key, weight) -> weight.add(change.reshape(weight.getShape())));
            }
            SafeTensors.write(Path.of(network.source()), sums, Map.of(), ElementType.F32);
        }
    }

    private static List<String> changed(StateDict network) {
        return network.names().stream()
                .filter(name -> name.endsWith(".weight") && !name.contains("embeddings."))
                .filter(name -> network.info(name).shape().dimension() > 1)
                .toList();
    }

    private static String layer(ModelPart part, String weight) {
        return PREFIXES.get(part) + weight.replace(".weight", "").replace('.', '_');
    }

    private static Map<String, NDArray> update(NDManager manager, String layer, Shape shape) {
        Shape ones = shape.dimension() == 4 ? new Shape(1, 1) : new Shape();
        Random random = new Random(layer.hashCode());
        return Map.of(
                layer + ".lora_down.weight", random(manager, new Shape(RANK).addAll(shape.slice(1)), random),
                layer + ".lora_up.weight", random(manager, new Shape(shape.get(0), RANK).addAll(ones), random),
                layer + ".alpha", manager.create(ALPHA));
    }

    private static NDArray random(NDManager manager, Shape shape, Random random) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (SIZE * random.nextGaussian());
        }
        return manager.create(values, shape);
    }
}
