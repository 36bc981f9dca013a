package io.percolate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.percolate.weights.layout.UNetLayout;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlNetFileTest {

    private static final Path NETWORK =
            Path.of(System.getProperty("percolate.testdata")).resolve("controlnet-sd1/controlnet");

    /** Of the original repository's {@code cldm.py}, for three convolutions with stride 2. */
    private static final Map<String, String> ORIGINAL = Map.of(
            "controlnet_cond_embedding.conv_in.", "input_hint_block.0.",
            "controlnet_cond_embedding.blocks.0.", "input_hint_block.2.",
            "controlnet_cond_embedding.blocks.1.", "input_hint_block.4.",
            "controlnet_cond_embedding.blocks.2.", "input_hint_block.6.",
            "controlnet_cond_embedding.blocks.3.", "input_hint_block.8.",
            "controlnet_cond_embedding.blocks.4.", "input_hint_block.10.",
            "controlnet_cond_embedding.blocks.5.", "input_hint_block.12.",
            "controlnet_cond_embedding.conv_out.", "input_hint_block.14.",
            "controlnet_mid_block.", "middle_block_out.0.");

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"control_model.", ""})
    void theOriginalNamesAreReadAsThoseOfDiffusers(String prefix) {
        Path file = folder.resolve("original.safetensors");
        try (StateDict network = WeightFile.open(NETWORK)) {
            StateDict original = new UNetLayout("add_embedding")
                    .toSingle(network)
                    .renamed(ControlNetFileTest::original)
                    .withPrefix(prefix);
            assertThat(original.names()).contains(prefix + "input_blocks.11.0.in_layers.2.weight");
            SafeTensors.write(file, original, Map.of(), ElementType.F32, manager);
            try (StateDict read = ControlNetFile.open(file)) {
                assertThat(read.names()).containsExactlyInAnyOrderElementsOf(network.names());
                network.names()
                        .forEach(name -> assertThat(read.read(manager, name).contentEquals(network.read(manager, name)))
                                .as(name)
                                .isTrue());
            }
        }
    }

    @Test
    void theTensorsTellTheShape() {
        try (StateDict network = ControlNetFile.open(NETWORK)) {
            assertThat(ControlNetFile.isControlNet(network)).isTrue();
            assertThat(ControlNetFile.conditionWidths(network)).isEqualTo(List.of(16, 32, 96, 256));
            assertThat(ControlNetFile.conditionChannels(network)).isEqualTo(3);
            assertThat(ControlNetFile.latentChannels(network)).isEqualTo(4);
            assertThat(ControlNetFile.contextWidth(network)).isEqualTo(32);
        }
    }

    @Test
    void otherFilesAreRefusedByName() {
        refused("a", "no ControlNet: nothing is called");
        refused("lora_controlnet", "a Control-LoRA");
    }

    private void refused(String name, String message) {
        Path file = folder.resolve("other.safetensors");
        SafeTensors.write(file, Map.of(name, manager.create(1f)), Map.of(), ElementType.F32);
        assertThatThrownBy(() -> ControlNetFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    private static String original(String name) {
        String zero = name.replaceFirst("^controlnet_down_blocks\\.(\\d+)\\.", "zero_convs.$1.0.");
        return ORIGINAL.entrySet().stream()
                .filter(pair -> zero.startsWith(pair.getKey()))
                .findFirst()
                .map(pair -> pair.getValue() + zero.substring(pair.getKey().length()))
                .orElse(zero);
    }
}
