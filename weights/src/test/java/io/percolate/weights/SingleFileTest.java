package io.percolate.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.weights.layout.LegacyKeys;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.layout.OpenClipLayout;
import io.percolate.weights.layout.UNetInput;
import io.percolate.weights.layout.UNetLayout;
import io.percolate.weights.layout.VaeLayout;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleFileTest {

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));

    private static final String POSITION_IDS = "text_model.embeddings.position_ids";

    @TempDir
    Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"single-file.safetensors", "single-file-fp16.ckpt"})
    void aSingleFileHoldsExactlyTheTensorsOfTheFolder(String file) {
        DataType type = file.endsWith(".ckpt") ? DataType.FLOAT16 : DataType.FLOAT32;
        try (SingleFile single = SingleFile.open(REFERENCE.resolve("sd1-tiny").resolve(file))) {
            assertThat(single.family()).isEqualTo(ModelFamily.SD1);
            assertThat(single.hasAverage()).isFalse();
            for (ModelPart part : single.family().parts()) {
                try (StateDict expected = folder("sd1-tiny", part)) {
                    assertEqual(single.part(part), expected, type);
                }
            }
        }
    }

    @Test
    void aCheckpointSaysHowLongItWasTrained() {
        try (SingleFile ckpt = SingleFile.open(REFERENCE.resolve("sd1-tiny/single-file-fp16.ckpt"));
                SingleFile safe = SingleFile.open(REFERENCE.resolve("sd1-tiny/single-file.safetensors"))) {
            assertThat(ckpt.trainingSteps()).hasValue(7);
            assertThat(safe.trainingSteps()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"sd1-tiny, SD1", "sd2-tiny, SD2", "sdxl-tiny, SDXL"})
    void aFolderWrittenAsOneFileComesBackExactly(String model, ModelFamily family) {
        Map<ModelPart, StateDict> parts = new LinkedHashMap<>();
        family.parts().forEach(part -> parts.put(part, folder(model, part)));
        Path file = folder.resolve("single.safetensors");
        SingleFile.write(file, family, parts, null, manager);
        try (SingleFile single = SingleFile.open(file)) {
            assertThat(single.family()).isEqualTo(family);
            parts.forEach((part, expected) -> assertEqual(single.part(part), expected, DataType.FLOAT32));
        }
        parts.values().forEach(StateDict::close);
    }

    @Test
    void ourSingleFileHasTheNamesAndShapesOfThePublishedOne() {
        Map<ModelPart, StateDict> parts = new LinkedHashMap<>();
        ModelFamily.SD1.parts().forEach(part -> parts.put(part, folder("sd1-tiny", part)));
        Path file = folder.resolve("single.safetensors");
        SingleFile.write(file, ModelFamily.SD1, parts, ElementType.F16, manager);
        try (StateDict ours = WeightFile.open(file);
                StateDict theirs = WeightFile.open(REFERENCE.resolve("sd1-tiny/single-file.safetensors"))) {
            StateDict networks = theirs.where(name -> name.matches("(model|first_stage_model|cond_stage_model)\\..*"))
                    .without("cond_stage_model.transformer." + POSITION_IDS);
            assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(networks.names());
            for (String name : ours.names()) {
                assertThat(ours.info(name).shape())
                        .as(name)
                        .isEqualTo(theirs.info(name).shape());
                assertThat(ours.info(name).type()).isEqualTo(ElementType.F16);
            }
        }
    }

    @Test
    void openClipKeepsQueriesKeysAndValuesInOneMatrixAndTransposesTheProjection() {
        try (StateDict encoder = folder("sdxl-tiny", ModelPart.TEXT_ENCODER_2)) {
            StateDict openClip = new OpenClipLayout(false).toSingle(encoder);
            NDArray fused = openClip.read(manager, "transformer.resblocks.0.attn.in_proj_weight");
            String layer = "text_model.encoder.layers.0.self_attn.";
            assertThat(fused.get("16:17,3").toFloatArray())
                    .isEqualTo(encoder.read(manager, layer + "q_proj.weight")
                            .get("16:17,3")
                            .toFloatArray());
            assertThat(fused.getShape()).isEqualTo(new Shape(144, 48));
            assertThat(openClip.read(manager, "text_projection").transpose())
                    .isEqualTo(encoder.read(manager, "text_projection.weight"));
            assertThat(openClip.names()).contains("positional_embedding", "ln_final.bias", "token_embedding.weight");
        }
    }

    @Test
    void stableDiffusion2DropsTheLastOf24LayersAndTheProjection() {
        NDArray one = manager.ones(new Shape(1));
        StateDict single = StateDict.of(Map.of(
                "transformer.resblocks.22.ln_1.weight", one,
                "transformer.resblocks.23.ln_1.weight", one,
                "text_projection", manager.ones(new Shape(2, 3)),
                "logit_scale", one));
        assertThat(new OpenClipLayout(true).toFolder(single).names())
                .containsExactly("text_model.encoder.layers.22.layer_norm1.weight");
        assertThat(new OpenClipLayout(false)
                        .toFolder(single)
                        .info("text_projection.weight")
                        .shape())
                .isEqualTo(new Shape(3, 2));
    }

    @Test
    void textEncodersOfAnotherShapeAreRefused() {
        OpenClipLayout layout = new OpenClipLayout(false);
        StateDict projection = StateDict.of(Map.of("text_projection", manager.ones(new Shape(2))));
        assertThatThrownBy(() -> layout.toFolder(projection)).hasMessage("text_projection.weight (2) is no matrix");
        StateDict fused = StateDict.of(Map.of("transformer.resblocks.0.attn.in_proj_bias", manager.ones(new Shape(4))));
        assertThatThrownBy(() -> layout.toFolder(fused))
                .isInstanceOf(WeightsException.class)
                .hasMessageEndingWith("in_proj_bias (4) is not made of 3 equal parts");
    }

    @Test
    void absurdNumbersInNamesStayWhatTheyAre() {
        NDArray one = manager.ones(new Shape(1));
        StateDict vae = StateDict.of(Map.of("encoder.down.0.block.99999.norm1.bias", one, "encoder.down.99999.x", one));
        assertThat(new VaeLayout().toFolder(vae).names()).containsExactlyInAnyOrderElementsOf(vae.names());
    }

    @Test
    void averagedWeightsHaveTheirOwnNames() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("model.diffusion_model.input_blocks.0.0.weight", manager.create(1f));
        arrays.put("model_ema.diffusion_modelinput_blocks00weight", manager.create(2f));
        arrays.put("cond_stage_model.transformer.text_model.x", manager.create(3f));
        SafeTensors.write(folder.resolve("ema.safetensors"), arrays, Map.of(), ElementType.F32);
        try (SingleFile single = SingleFile.open(folder.resolve("ema.safetensors"))) {
            assertThat(single.hasAverage()).isTrue();
            assertThat(single.part(ModelPart.UNET)
                            .read(manager, "conv_in.weight")
                            .getFloat())
                    .isEqualTo(1);
            assertThat(single.averagedUNet().read(manager, "conv_in.weight").getFloat())
                    .isEqualTo(2);
            assertThatThrownBy(() -> single.part(ModelPart.VAE)).hasMessageContaining("the vae is missing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "control_model.a, a ControlNet",
        "conditioner.embedders.0.model.a, the SDXL refiner",
        "lora_unet_a, a LoRA",
        "unet.to_q.lora_A.weight, a LoRA",
        "unet.processor.to_q_lora.down.weight, a LoRA",
        "emb_params, a textual inversion",
        "decoder.conv_in.weight, an autoencoder alone",
        "lora_unet_a.lora_down.weight, --lora (LoadOptions.withLora)",
        "lora_unet_a.hada_w1_a, a LoHa",
        "a, nothing is called cond_stage_model.transformer."
    })
    void otherFilesAreRefusedWithWhatTheyAre(String name, String message) {
        Path file = folder.resolve("other.safetensors");
        SafeTensors.write(file, Map.of(name, manager.create(1f)), Map.of(), ElementType.F32);
        assertThatThrownBy(() -> SingleFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void anAutoencoderOpensInAnyForm() {
        Path sd1 = REFERENCE.resolve("sd1-tiny");
        Path alone = folder.resolve("vae.safetensors");
        try (StateDict whole = WeightFile.open(sd1.resolve("single-file.safetensors"))) {
            SafeTensors.write(alone, whole.under("first_stage_model."), Map.of(), null, manager);
        }
        try (StateDict expected = folder("sd1-tiny", ModelPart.VAE)) {
            for (Path path : new Path[] {sd1.resolve("vae"), sd1.resolve("single-file.safetensors"), alone}) {
                try (StateDict vae = SingleFile.openVae(path)) {
                    assertEqual(vae, expected, DataType.FLOAT32);
                }
            }
        }
    }

    @Test
    void channelsTellWhatAUNetWants() {
        assertThat(UNetInput.of(folder("sd1-tiny", ModelPart.UNET))).isEqualTo(UNetInput.LATENTS);
        assertThat(UNetInput.of(9, 4)).isEqualTo(UNetInput.INPAINTING);
        assertThat(UNetInput.of(8, 4)).isEqualTo(UNetInput.EDITING);
        assertThatThrownBy(() -> UNetInput.of(7, 4)).hasMessageContaining("7 input and 4 output channels");
    }

    @Test
    void levelAndLayerCountsComeFromTheNames() {
        for (int[] size : new int[][] {{1, 1}, {2, 3}, {5, 1}}) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (int block = 0; block < size[0]; block++) {
                for (int layer = 0; layer < size[1]; layer++) {
                    arrays.put("down_blocks." + block + ".resnets." + layer + ".norm1.weight", manager.create(1f));
                }
                for (int layer = 0; layer <= size[1]; layer++) {
                    arrays.put("up_blocks." + block + ".resnets." + layer + ".norm1.weight", manager.create(1f));
                }
                if (block < size[0] - 1) {
                    arrays.put("down_blocks." + block + ".downsamplers.0.conv.weight", manager.create(1f));
                    arrays.put("up_blocks." + block + ".upsamplers.0.conv.weight", manager.create(1f));
                }
            }
            arrays.put("conv_in.weight", manager.create(1f));
            UNetLayout layout = new UNetLayout("class_embedding");
            StateDict single = layout.toSingle(StateDict.of(arrays));
            assertThat(single.names()).allMatch(name -> name.matches("(input|output)_blocks.*"));
            assertThat(layout.toFolder(single).names()).containsExactlyInAnyOrderElementsOf(arrays.keySet());
        }
    }

    private static StateDict folder(String model, ModelPart part) {
        StateDict dict = WeightFile.open(REFERENCE.resolve(model).resolve(part.folder()));
        return LegacyKeys.current(dict).without(POSITION_IDS);
    }

    private void assertEqual(StateDict actual, StateDict expected, DataType type) {
        assertThat(actual.names()).containsExactlyInAnyOrderElementsOf(expected.names());
        for (String name : expected.names()) {
            NDArray read = actual.read(manager, name, type);
            assertThat(read).as(name).isEqualTo(expected.read(manager, name, type));
            assertThat(actual.info(name).shape()).as(name).isEqualTo(read.getShape());
        }
    }
}
