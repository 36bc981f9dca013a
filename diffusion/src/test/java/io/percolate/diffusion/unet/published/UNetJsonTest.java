package io.percolate.diffusion.unet.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.unet.BlockAttention;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.MidBlockType;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.nn.layers.ResnetBlock.TimeUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UNetJsonTest {

    @TempDir
    Path folder;

    static Stream<UNetConfig> presets() {
        return Stream.of(
                UNetConfig.stableDiffusion1(),
                UNetConfig.stableDiffusion2(),
                UNetConfig.stableDiffusionXl(),
                UNetConfig.ddpmCifar10(),
                UNetConfig.small(4, 16, 192),
                UNetConfig.small(4, 16, 192).withoutText());
    }

    @ParameterizedTest
    @MethodSource("presets")
    void whatIsWrittenIsReadBack(UNetConfig config) {
        UNetJson.write(config).write(folder.resolve("config.json"));
        assertThat(UNetJson.read(JsonConfig.read(folder.resolve("config.json"))))
                .isEqualTo(config);
    }

    @Test
    void withoutTextItAttendsToItselfWhereItAttendedToTheText() {
        UNetConfig config = UNetConfig.small(4, 16, 192).withoutText();
        assertThat(config.family()).isEqualTo(UNetConfig.Family.PIXELS);
        assertThat(config.takesContext()).isFalse();
        assertThat(config.midBlock()).isEqualTo(MidBlockType.PIXELS);
        assertThat(config.levels())
                .extracting(Level::attention)
                .containsExactly(BlockAttention.NONE, BlockAttention.PIXELS, BlockAttention.PIXELS);
    }

    @Test
    void withoutItsFinestLevelItEmbedsTheTimeAsBefore() {
        UNetConfig whole = UNetConfig.small(4, 16, 192);
        UNetConfig coarse = whole.withoutFinest(1);
        assertThat(coarse.levels()).isEqualTo(whole.levels().subList(1, 3));
        assertThat(coarse.timeWidth()).isEqualTo(whole.timeWidth());
        assertThatThrownBy(() -> whole.withoutFinest(3)).hasMessageContaining("3 levels cannot do without 3 of them");
    }

    @Test
    void theHeadDimensionOfALatentModelIsItsNumberOfHeads() {
        assertThat(latent("attention_head_dim", 2).levels().get(0).headCount()).isEqualTo(2);
        assertThat(latent("attention_head_dim", List.of(1, 4)).levels().get(1).headCount())
                .isEqualTo(4);
    }

    @Test
    void theHeadDimensionOfAPixelModelIsTheWidthOfAHead() {
        assertThat(pixels("attention_head_dim", 8).levels().get(1).headCount()).isEqualTo(4);
        assertThat(pixels("attention_head_dim", null).levels().get(1).headCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> pixels("attention_head_dim", 24))
                .hasMessageContaining("attention_head_dim is 24 but must divide the 32 channels");
    }

    @Test
    void perLevelOptionsAreHonoured() {
        assertThat(latent("layers_per_block", List.of(1, 3)).levels())
                .extracting(Level::layers)
                .containsExactly(1, 3);
        assertThat(latent("only_cross_attention", List.of(true, false)).levels())
                .extracting(Level::onlyContext)
                .containsExactly(true, false);
        assertThatThrownBy(() -> latent("layers_per_block", List.of(1, 3, 2))).hasMessageContaining("layers_per_block");
    }

    @Test
    void otherOptionsAreHonoured() {
        assertThat(latent("mid_block_type", null).midBlock()).isEqualTo(MidBlockType.NONE);
        assertThat(latent("mid_block_type", "UNetMidBlock2D").midBlock()).isEqualTo(MidBlockType.RESNET);
        assertThat(pixels("add_attention", false).midBlock()).isEqualTo(MidBlockType.RESNETS);
        assertThat(latent("time_cond_proj_dim", 256).embedding().time().guidanceWidth())
                .isEqualTo(OptionalInt.of(256));
        assertThat(latent("resnet_time_scale_shift", "scale_shift").resnets().timeUse())
                .isEqualTo(TimeUse.SCALE_AND_SHIFT);
        assertThat(latent("num_class_embeds", 10).classes()).isEqualTo(new ClassLabels.Table(10));
        assertThat(pixels("class_embed_type", "timestep").classes()).isEqualTo(new ClassLabels.Number());
        assertThat(latent("sample_size", List.of(8, 12)).sampleSize()).isEqualTo(OptionalInt.of(8));
        assertThat(latent("use_ema_warmup", true)).isEqualTo(latent("use_ema_warmup", false));
    }

    @Test
    void whatWouldChangeTheResultIsRefusedByName() {
        for (Map.Entry<String, ?> option : Map.of(
                        "dual_cross_attention",
                        true,
                        "encoder_hid_dim_type",
                        "text_proj",
                        "attention_type",
                        "gated",
                        "class_embeddings_concat",
                        true,
                        "conv_in_kernel",
                        1,
                        "time_embedding_type",
                        "fourier",
                        "addition_embed_type",
                        "image",
                        "class_embed_type",
                        "hyperbolic",
                        "downsample_padding",
                        2,
                        "an_option_of_next_year",
                        7)
                .entrySet()) {
            assertThatThrownBy(() -> latent(option.getKey(), option.getValue()))
                    .as(option.toString())
                    .isInstanceOf(BadFileException.class)
                    .hasMessageContaining(option.getKey());
        }
        assertThatThrownBy(() -> pixels("downsample_type", "resnet")).hasMessageContaining("downsample_type");
    }

    @Test
    void unknownBlocksAreRefusedByName() {
        assertThatThrownBy(() -> latent("down_block_types", List.of("DownBlock2D", "SkipDownBlock2D")))
                .hasMessageContaining("SkipDownBlock2D is not supported, only DownBlock2D, CrossAttnDownBlock2D");
        assertThatThrownBy(() -> latent("up_block_types", List.of("UpBlock2D", "UpBlock2D")))
                .hasMessageContaining("must mirror the way down");
        assertThatThrownBy(() -> latent("_class_name", "UNet3DConditionModel"))
                .hasMessageContaining("UNet3DConditionModel");
    }

    private static UNetConfig latent(String option, Object value) {
        return read(
                Map.of(
                        "_class_name",
                        "UNet2DConditionModel",
                        "block_out_channels",
                        List.of(16, 32),
                        "down_block_types",
                        List.of("CrossAttnDownBlock2D", "DownBlock2D"),
                        "up_block_types",
                        List.of("UpBlock2D", "CrossAttnUpBlock2D"),
                        "norm_num_groups",
                        8),
                option,
                value);
    }

    private static UNetConfig pixels(String option, Object value) {
        return read(
                Map.of(
                        "_class_name",
                        "UNet2DModel",
                        "block_out_channels",
                        List.of(16, 32),
                        "down_block_types",
                        List.of("DownBlock2D", "AttnDownBlock2D"),
                        "up_block_types",
                        List.of("AttnUpBlock2D", "UpBlock2D"),
                        "norm_num_groups",
                        8),
                option,
                value);
    }

    private static UNetConfig read(Map<String, ?> base, String option, Object value) {
        Map<String, Object> values = new TreeMap<>(base);
        values.put(option, value);
        return UNetJson.read(JsonConfig.of(values));
    }
}
