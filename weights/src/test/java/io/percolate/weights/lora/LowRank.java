package io.percolate.weights.lora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Random factors of an update. */
record LowRank(NDArray down, NDArray up) {

    static final int RANK = 4;

    /** A layer of every tiny model, under the names of diffusers. */
    static final String QUERY = "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q";

    static final String KOHYA_QUERY = "lora_unet_" + QUERY.replace('.', '_');

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));

    /** A part of a tiny model. */
    static StateDict network(String model, ModelPart part) {
        return WeightFile.open(REFERENCE.resolve(model).resolve(part.folder()));
    }

    /** For weights of {@code shape}, (B,A) or (B,A,k,k). */
    static LowRank of(NDManager manager, Shape shape, long seed) {
        Shape ones = shape.dimension() == 4 ? new Shape(1, 1) : new Shape();
        Random random = new Random(seed);
        return new LowRank(
                random(manager, new Shape(RANK).addAll(shape.slice(1)), random),
                random(manager, new Shape(shape.get(0), RANK).addAll(ones), random));
    }

    private static NDArray random(NDManager manager, Shape shape, Random random) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape);
    }

    Map<String, NDArray> tensors(LoraNaming naming, String layer) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        String suffix = naming.up("").replace("up", "down").replace("lora_B", "lora_A");
        tensors.put(layer + suffix, down);
        tensors.put(naming.up(layer), up);
        return tensors;
    }

    Map<String, NDArray> tensors(LoraNaming naming, String layer, double alpha) {
        Map<String, NDArray> tensors = tensors(naming, layer);
        tensors.put(layer + ".alpha", down.getManager().create((float) alpha));
        return tensors;
    }

    /** W + factor * up down, by the definition. */
    NDArray addedTo(NDArray weights, double factor) {
        NDArray change = up.reshape(-1, RANK).matMul(down.reshape(RANK, -1)).mul(factor);
        return weights.add(change.toType(DataType.FLOAT32, false).reshape(weights.getShape()));
    }

    /** A LoRA file of these tensors in {@code folder}. */
    static LoraFile write(Path folder, Map<String, NDArray> tensors, Map<String, String> metadata) {
        Path file = folder.resolve(tensors.hashCode() + ".safetensors");
        SafeTensors.write(file, tensors, metadata, ElementType.F32);
        return WeightFile.openLora(file, tensors.values().iterator().next().getManager());
    }

    /** What rounding leaves. */
    static void assertClose(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        assertThat(actual.sub(expected).abs().max().getFloat())
                .isLessThan(1e-6f * expected.abs().max().getFloat());
    }
}
