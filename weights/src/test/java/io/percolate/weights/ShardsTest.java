package io.percolate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.JsonConfig;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardsTest {

    @TempDir
    Path folder;

    @Test
    void shardsReadAsOne() {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            write(manager, "a", "model-00001-of-00002.safetensors");
            write(manager, "b", "model-00002-of-00002.safetensors");
            index(Map.of("a", "model-00001-of-00002.safetensors", "b", "model-00002-of-00002.safetensors"));
            try (StateDict dict = WeightFile.open(folder)) {
                assertThat(dict.names()).containsExactly("a", "b");
                assertThat(dict.read(manager, "b").toFloatArray()).containsExactly(1, 1);
            }
        }
    }

    @Test
    void indexesThatLieAreRefused() {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            write(manager, "a", "one.safetensors");
        }
        index(Map.of("a", "one.safetensors", "c", "one.safetensors"));
        assertThatThrownBy(() -> WeightFile.open(folder)).hasMessageContaining("1 tensors are in none of its files: c");
        index(Map.of("a", "two.safetensors"));
        assertThatThrownBy(() -> WeightFile.open(folder)).hasMessageContaining("two.safetensors: no such file");
        for (String name : new String[] {"../one.safetensors", "/", "..", "", "model.safetensors.index.json", "\0"}) {
            index(Map.of("a", name));
            assertThatThrownBy(() -> WeightFile.open(folder)).as(name).isInstanceOf(WeightsException.class);
        }
    }

    private void write(NDManager manager, String name, String file) {
        Map<String, NDArray> arrays = Map.of(name, manager.ones(new Shape(2)));
        SafeTensors.write(folder.resolve(file), arrays, Map.of(), ElementType.F32);
    }

    private void index(Map<String, String> locations) {
        JsonConfig.of(Map.of("metadata", Map.of(), "weight_map", locations))
                .write(folder.resolve("model.safetensors.index.json"));
    }
}
