package io.percolate.weights;

import static io.percolate.weights.LowRank.KOHYA_QUERY;
import static io.percolate.weights.LowRank.QUERY;
import static io.percolate.weights.LowRank.network;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraFileTest {

    private static final int RANK = LowRank.RANK;
    private static final double ALPHA = 6;
    private static final double SCALE = 0.7;
    private static final float TOLERANCE = 1e-6f;

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Engine.getEngine("PyTorch").newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "KOHYA, lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_out_0",
        "KOHYA, lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_out_0",
        "KOHYA, lycoris_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_out_0",
        "PEFT, unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_out.0",
        "PEFT, down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_out.0",
        "PEFT, diffusion_model.input_blocks.4.1.transformer_blocks.0.attn1.to_out.0",
        "DIFFUSERS, unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_out.0",
        "PROCESSOR, unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_out",
        "PROCESSOR, down_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_out"
    })
    void everyNamingMeansTheSameLayer(LoraNaming naming, String layer) {
        assertMerged(
                naming, layer, ModelPart.UNET, "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_out.0.weight");
    }

    @ParameterizedTest
    @CsvSource({
        "KOHYA, lora_te_text_model_encoder_layers_0_self_attn_out_proj, TEXT_ENCODER",
        "KOHYA, lora_te1_text_model_encoder_layers_0_self_attn_out_proj, TEXT_ENCODER",
        "KOHYA, lora_te2_text_model_encoder_layers_0_self_attn_out_proj, TEXT_ENCODER_2",
        "PEFT, text_encoder.text_model.encoder.layers.0.self_attn.out_proj, TEXT_ENCODER",
        "PEFT, text_encoder_2.encoder.layers.0.self_attn.out_proj, TEXT_ENCODER_2",
        "LINEAR_LAYER, text_encoder.text_model.encoder.layers.0.self_attn.out_proj, TEXT_ENCODER",
        "PROCESSOR, text_encoder_2.text_model.encoder.layers.0.self_attn.to_out, TEXT_ENCODER_2"
    })
    void textEncodersHaveNamesOfTheirOwn(LoraNaming naming, String layer, ModelPart part) {
        assertMerged(naming, layer, part, "text_model.encoder.layers.0.self_attn.out_proj.weight");
    }

    @ParameterizedTest
    @CsvSource({
        "lora_unet_down_blocks_0_resnets_0_conv1, down_blocks.0.resnets.0.conv1",
        "lora_unet_input_blocks_1_0_in_layers_2, down_blocks.0.resnets.0.conv1",
        "lora_unet_input_blocks_1_0_emb_layers_1, down_blocks.0.resnets.0.time_emb_proj",
        "lora_unet_input_blocks_3_0_op, down_blocks.0.downsamplers.0.conv",
        "lora_unet_input_blocks_0_0, conv_in",
        "lora_unet_middle_block_1_proj_in, mid_block.attentions.0.proj_in",
        "lora_unet_output_blocks_0_0_skip_connection, up_blocks.0.resnets.0.conv_shortcut",
        "lora_unet_time_embed_2, time_embedding.linear_2",
        "lora_unet_label_emb_0_0, add_embedding.linear_1",
        "lora_unet_out_2, conv_out"
    })
    void convolutionsAndTheRestOfTheUNetMayChange(String layer, String weight) {
        assertMerged(LoraNaming.KOHYA, layer, ModelPart.UNET, weight + ".weight");
    }

    private void assertMerged(LoraNaming naming, String layer, ModelPart part, String weight) {
        try (StateDict network = network("sdxl-tiny", part)) {
            NDArray before = network.read(manager, weight);
            LowRank update = LowRank.of(manager, before.getShape(), 1);
            try (LoraFile lora = write(update.tensors(naming, layer, ALPHA), Map.of())) {
                StateDict merged = lora.mergedInto(part, network, SCALE);
                assertClose(merged.read(manager, weight), update.addedTo(before, SCALE * ALPHA / RANK));
                assertThat(merged.names()).isEqualTo(network.names());
                lora.requireParts(EnumSet.of(part));
            }
        }
    }

    @Test
    void oneByOneConvolutionsTakeUpdatesOfMatricesAndTheReverse() {
        NDArray convolution = manager.ones(new Shape(8, 8, 1, 1));
        NDArray matrix = manager.ones(new Shape(8, 8));
        StateDict network = StateDict.of(Map.of("mid_block.a.weight", convolution, "mid_block.b.weight", matrix));
        LowRank forMatrix = LowRank.of(manager, matrix.getShape(), 1);
        LowRank forConvolution = LowRank.of(manager, convolution.getShape(), 2);
        Map<String, NDArray> tensors = forMatrix.tensors(LoraNaming.PEFT, "unet.mid_block.a", ALPHA);
        tensors.putAll(forConvolution.tensors(LoraNaming.PEFT, "unet.mid_block.b", ALPHA));
        try (LoraFile lora = write(tensors, Map.of())) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, 1);
            double factor = ALPHA / RANK;
            assertClose(merged.read(manager, "mid_block.a.weight"), forMatrix.addedTo(convolution, factor));
            assertClose(merged.read(manager, "mid_block.b.weight"), forConvolution.addedTo(matrix, factor));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1",
                "{'unet.r': 4, 'unet.lora_alpha': 8} | 2",
                "{'unet.lora_alpha': 8, 'unet.use_rslora': true} | 4",
                "{'unet.lora_alpha': 8, 'unet.alpha_pattern': {'attn1.to_q': 2, 'attn2.to_q': 12}} | 0.5",
                "{'text_encoder.lora_alpha': 8} | 1"
            })
    void alphaIsTheRankUnlessTheMetadataOfPeftTells(String json, double factor) {
        try (StateDict network = network("sdxl-tiny", ModelPart.UNET)) {
            NDArray before = network.read(manager, QUERY + ".weight");
            LowRank update = LowRank.of(manager, before.getShape(), 1);
            Map<String, NDArray> tensors = update.tensors(LoraNaming.PEFT, "unet." + QUERY);
            try (LoraFile lora = write(tensors, Map.of("lora_adapter_metadata", json.replace('\'', '"')))) {
                StateDict merged = lora.mergedInto(ModelPart.UNET, network, 1);
                assertClose(merged.read(manager, QUERY + ".weight"), update.addedTo(before, factor));
            }
        }
    }

    @Test
    void twoFilesAddUpInAnyOrder() {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET)) {
            NDArray before = network.read(manager, QUERY + ".weight");
            LowRank one = LowRank.of(manager, before.getShape(), 1);
            LowRank two = LowRank.of(manager, before.getShape(), 2);
            try (LoraFile first = write(one.tensors(LoraNaming.KOHYA, KOHYA_QUERY), Map.of());
                    LoraFile second = write(two.tensors(LoraNaming.PEFT, "unet." + QUERY), Map.of())) {
                NDArray expected = two.addedTo(one.addedTo(before, 0.5), -2);
                StateDict there = second.mergedInto(ModelPart.UNET, first.mergedInto(ModelPart.UNET, network, 0.5), -2);
                StateDict back = first.mergedInto(ModelPart.UNET, second.mergedInto(ModelPart.UNET, network, -2), 0.5);
                assertClose(there.read(manager, QUERY + ".weight"), expected);
                assertClose(back.read(manager, QUERY + ".weight"), expected);
            }
        }
    }

    @Test
    void scaleZeroChangesNothingBitForBit() {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET);
                LoraFile lora = query("sd1-tiny")) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, 0);
            assertThat(merged.read(manager, QUERY + ".weight")).isEqualTo(network.read(manager, QUERY + ".weight"));
            assertThat(merged.exactType(QUERY + ".weight")).isEqualTo(network.exactType(QUERY + ".weight"));
        }
    }

    @Test
    void sumsOfHalfPrecisionAreReadUnrounded() {
        try (StateDict network = network("sd2-tiny", ModelPart.UNET);
                LoraFile lora = query("sd2-tiny")) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, SCALE);
            assertThat(merged.info(QUERY + ".weight").type()).isEqualTo(ElementType.F16);
            List<NDArray> bound = new ArrayList<>();
            Map<String, Shape> expected = new LinkedHashMap<>();
            merged.names().forEach(name -> expected.put(name, merged.info(name).shape()));
            StrictLoading.bind(
                    merged,
                    expected,
                    (name, read) -> {
                        if (name.contains(QUERY)) {
                            bound.add(read.get());
                        }
                    },
                    manager);
            NDArray exact = merged.read(manager, QUERY + ".weight");
            assertThat(bound).containsExactly(exact);
            assertThat(exact.toType(DataType.FLOAT16, true).toType(DataType.FLOAT32, true))
                    .isNotEqualTo(exact);
        }
    }

    @Test
    void readingLeavesOnlyTheResult() {
        try (StateDict network = network("sd1-tiny", ModelPart.UNET);
                LoraFile lora = query("sd1-tiny");
                NDManager own = manager.newSubManager()) {
            StateDict merged = lora.mergedInto(ModelPart.UNET, network, SCALE);
            for (int i = 0; i < 3; i++) {
                merged.read(own, QUERY + ".weight").close();
            }
            assertThat(own.getManagedArrays()).isEmpty();
        }
    }

    @Test
    void theSummaryTellsRanksAndAlphas() {
        Map<String, NDArray> tensors = LowRank.of(manager, new Shape(32, 32), 1).tensors(LoraNaming.KOHYA, KOHYA_QUERY);
        tensors.putAll(
                LowRank.of(manager, new Shape(8, 8), 1).tensors(LoraNaming.PEFT, "text_encoder.layers.0", ALPHA));
        try (LoraFile lora = write(tensors, Map.of())) {
            LoraSummary summary = lora.summary();
            assertThat(summary.family()).isEmpty();
            assertThat(summary.naming()).containsExactly(LoraNaming.KOHYA, LoraNaming.PEFT);
            assertThat(summary.updates()).isEqualTo(Map.of(ModelPart.UNET, 1L, ModelPart.TEXT_ENCODER, 1L));
            assertThat(summary.ranks()).containsExactly((long) RANK);
            assertThat(summary.alphas()).containsExactly((double) RANK, ALPHA);
        }
    }

    private LoraFile query(String model) {
        try (StateDict network = network(model, ModelPart.UNET)) {
            LowRank update = LowRank.of(manager, network.info(QUERY + ".weight").shape(), 1);
            return write(update.tensors(LoraNaming.KOHYA, KOHYA_QUERY, ALPHA), Map.of());
        }
    }

    private LoraFile write(Map<String, NDArray> tensors, Map<String, String> metadata) {
        return LowRank.write(folder, tensors, metadata);
    }

    private static void assertClose(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        assertThat(actual.sub(expected).abs().max().getFloat())
                .isLessThan(TOLERANCE * expected.abs().max().getFloat());
    }
}
