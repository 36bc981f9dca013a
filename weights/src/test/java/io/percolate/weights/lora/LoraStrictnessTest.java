package io.percolate.weights.lora;

import static io.percolate.weights.lora.LowRank.KOHYA_QUERY;
import static io.percolate.weights.lora.LowRank.QUERY;
import static io.percolate.weights.lora.LowRank.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraStrictnessTest {

    @TempDir
    private Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void layersThatTheModelHasNotAreNamed() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        Shape shape = new Shape(32, 32);
        tensors.putAll(LowRank.of(manager, shape, 1).tensors(LoraNaming.KOHYA, "lora_unet_down_blocks_9_conv"));
        tensors.putAll(LowRank.of(manager, new Shape(32, 7), 1).tensors(LoraNaming.KOHYA, KOHYA_QUERY));
        try (StateDict network = network("sd1-tiny", ModelPart.UNET);
                LoraFile lora = write(tensors)) {
            assertThatThrownBy(() -> lora.mergedInto(ModelPart.UNET, network, 0))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("1 unexpected (lora_unet_down_blocks_9_conv.lora_down.weight)")
                    .hasMessageContaining(
                            "1 mis-shaped (" + QUERY + ".weight is (32, 32) and its update (32, 4) x (4, 7)");
        }
    }

    @Test
    void anUpdateOfAnotherFamilyTellsWhichItIsFor() {
        String layer = "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k";
        Map<String, NDArray> tensors =
                LowRank.of(manager, new Shape(32, 2048), 1).tensors(LoraNaming.PEFT, "unet." + layer);
        StateDict network = StateDict.of(Map.of(layer + ".weight", manager.ones(new Shape(32, 768))));
        try (LoraFile lora = write(tensors)) {
            assertThat(lora.summary().family()).isEqualTo("Stable Diffusion XL");
            assertThatThrownBy(() -> lora.mergedInto(ModelPart.UNET, network, 1))
                    .hasMessageContaining("which is for prompts of width 2048 (Stable Diffusion XL)"
                            + " and not of 768 (Stable Diffusion 1) as here, does not fit the network: 1 mis-shaped")
                    .hasMessageEndingWith(": take one that was made for this family");
            assertThatThrownBy(() -> lora.requireParts(EnumSet.of(ModelPart.TEXT_ENCODER)))
                    .hasMessageEndingWith(
                            "changes the unet, which this model does not have; it is for Stable Diffusion XL: take one that"
                                    + " was made for this model");
        }
    }

    @Test
    void aLayerChangesOnlyOnce() {
        Map<String, NDArray> tensors = LowRank.of(manager, new Shape(32, 32), 1).tensors(LoraNaming.KOHYA, KOHYA_QUERY);
        tensors.putAll(LowRank.of(manager, new Shape(32, 32), 1).tensors(LoraNaming.PEFT, "unet." + QUERY));
        try (StateDict network = network("sd1-tiny", ModelPart.UNET);
                LoraFile lora = write(tensors)) {
            assertThatThrownBy(() -> lora.mergedInto(ModelPart.UNET, network, 1))
                    .hasMessageContaining(QUERY + ".weight is changed twice");
        }
    }

    @ParameterizedTest
    @CsvSource({
        ".lora_down.weight, 1 tensors belong to no update",
        ".scalar, 1 tensors belong to no update",
        ".lora_mid.weight, three factors",
        ".dora_scale, a DoRA",
        ".lora_magnitude_vector, a DoRA",
        ".hada_w1_a, a LoHa",
        ".lokr_w2, a LoKr",
        ".on_input, an IA3",
        ".diff, full rank"
    })
    void whatIsNoPlainUpdateIsNamed(String suffix, String message) {
        Map<String, NDArray> tensors = LowRank.of(manager, new Shape(32, 32), 1).tensors(LoraNaming.KOHYA, KOHYA_QUERY);
        tensors.put("lora_unet_conv_in" + suffix, manager.ones(new Shape(1)));
        assertThatThrownBy(() -> write(tensors))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void factorsAndAlphasThatMakeNoSenseAreRefused() {
        Map<String, NDArray> tensors = LowRank.of(manager, new Shape(32, 32), 1).tensors(LoraNaming.KOHYA, KOHYA_QUERY);
        tensors.put(KOHYA_QUERY + ".alpha", manager.create(Float.NaN));
        assertThatThrownBy(() -> write(tensors)).hasMessageContaining("is NaN");
        tensors.put(KOHYA_QUERY + ".alpha", manager.create(new float[] {1, 2}));
        assertThatThrownBy(() -> write(tensors)).hasMessageContaining("(2) but must be one number");
        tensors.remove(KOHYA_QUERY + ".alpha");
        for (Shape shape : new Shape[] {new Shape(), new Shape(4), new Shape(0, 32)}) {
            tensors.put(KOHYA_QUERY + ".lora_down.weight", manager.zeros(shape));
            assertThatThrownBy(() -> write(tensors))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageEndingWith(shape + " but must be a matrix");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "control_model.input_blocks.0.0.weight, a ControlNet",
        "emb_params, a textual inversion",
        "clip_l, a textual inversion",
        "<cat>, a textual inversion",
        "bundle_emb.cat.string_to_param, textual inversion in it",
        "transformer.x.lora_A.weight, a transformer",
        "base_model.model.x.lora_A.weight, alpha is in another file",
        "model.diffusion_model.out.2.weight, no LoRA: nothing is called",
        "vae.decoder.lora_A.weight, no LoRA: nothing is called"
    })
    void whatIsNoLoraIsNamed(String tensor, String message) {
        assertThatThrownBy(() -> write(Map.of(tensor, manager.ones(new Shape(1, 1)))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(message);
    }

    private LoraFile write(Map<String, NDArray> tensors) {
        return LowRank.write(folder, tensors, Map.of());
    }
}
