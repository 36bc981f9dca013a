package io.percolate.weights.lora;

import static io.percolate.weights.lora.LowRank.assertClose;
import static io.percolate.weights.lora.LowRank.network;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraNamingTest {

    private static final int RANK = LowRank.RANK;
    private static final double ALPHA = 6;
    private static final double SCALE = 0.7;

    @TempDir
    private Path folder;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

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
            try (LoraFile lora = LowRank.write(folder, update.tensors(naming, layer, ALPHA), Map.of())) {
                StateDict merged = lora.mergedInto(part, network, SCALE);
                assertClose(merged.read(manager, weight), update.addedTo(before, SCALE * ALPHA / RANK));
                assertThat(merged.names()).isEqualTo(network.names());
                lora.requireParts(EnumSet.of(part));
            }
        }
    }
}
