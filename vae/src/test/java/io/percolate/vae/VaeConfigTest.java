package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import io.percolate.vae.VaeConfig.Blocks;
import io.percolate.vae.VaeConfig.Channels;
import io.percolate.vae.VaeConfig.LatentConvs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaeConfigTest {

    @Test
    void everyLevelAfterTheFirstHalvesTheImage() {
        assertThat(VaeConfig.stableDiffusion().downsamplingFactor()).isEqualTo(8);
        assertThat(VaeConfig.of(List.of(8), 1, 4, 4).downsamplingFactor()).isEqualTo(1);
    }

    /** 83,653,863 is the parameter count of the published autoencoder. */
    @Test
    void stableDiffusionsAutoencoderHasItsPublishedSize() {
        assertThat(new AutoencoderKl(VaeConfig.stableDiffusion()).parameterCount())
                .isEqualTo(83_653_863);
    }

    @Test
    void impossibleShapesAreRefusedByName() {
        assertThatThrownBy(() -> VaeConfig.of(List.of(), 1, 4, 4)).hasMessageContaining("block_out_channels []");
        assertThatThrownBy(() -> VaeConfig.of(List.of(8, 20), 1, 4, 8))
                .hasMessageContaining("block_out_channels holds 20, which norm_num_groups 8 does not divide");
        assertThatThrownBy(() -> VaeConfig.of(List.of(8), 0, 4, 8)).hasMessageContaining("layers_per_block is 0");
        LatentScale threeChannels = LatentScale.perChannel(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
        assertThatThrownBy(() -> VaeConfig.stableDiffusion().withLatentScale(threeChannels))
                .hasMessageContaining("latents_mean has 3 numbers but latent_channels is 4");
    }

    @Test
    void everyOptionSurvivesTheConfigFile(@TempDir Path folder) {
        LatentScale scale = new LatentScale(0.5, 0, List.of(1.0, 2.0), List.of(3.0, 4.0));
        VaeConfig config = new VaeConfig(
                new Channels(1, 2, 2),
                new Blocks(List.of(8, 16), 3, 4, false, Resizing.SHORTCUT),
                new LatentConvs(false, false),
                48,
                scale,
                false);
        VaeJson.write(config).write(folder.resolve("config.json"));
        assertThat(VaeJson.read(JsonConfig.read(folder.resolve("config.json")))).isEqualTo(config);
    }

    @Test
    void absentOptionsHaveTheValuesDiffusersGivesThem() {
        VaeConfig config = VaeJson.read(JsonConfig.of(Map.of("sample_size", List.of(64, 96))));
        assertThat(config).isEqualTo(VaeConfig.of(List.of(64), 1, 4, 32).withSampleSize(64));
    }

    /** diffusers refuses a block type that it does not know: nobody takes such an autoencoder for a published one. */
    @Test
    void shortcutsAreWrittenAsBlockTypesOfTheirOwn() {
        Blocks blocks = new Blocks(List.of(8, 16, 16), 1, 4, false, Resizing.SHORTCUT);
        VaeConfig usual = VaeConfig.of(List.of(8, 16, 16), 1, 4, 4);
        JsonConfig json = VaeJson.write(new VaeConfig(
                usual.channels(), blocks, usual.latentConvs(), 32, usual.latentScale(), usual.forceUpcast()));
        assertThat(json.strings("down_block_types"))
                .hasSize(3)
                .containsOnly("ShortcutDownEncoderBlock2D")
                .doesNotContainAnyElementsOf(VaeJson.write(usual).strings("down_block_types"));
        assertRefused(
                Map.of("down_block_types", List.of("ShortcutDownEncoderBlock2D"), "up_block_types", List.of("X")),
                "knows only [ShortcutUpDecoderBlock2D]");
    }

    @Test
    void widthsThatShortcutsCannotReachAreRefused() {
        assertThatThrownBy(() -> new Blocks(List.of(8, 48), 1, 4, true, Resizing.SHORTCUT))
                .hasMessageContaining("48 after 8")
                .hasMessageContaining("divide four times the one before");
    }

    @Test
    void optionsThatNobodyHonoursAreRefusedByName() {
        assertRefused(Map.of("act_fn", "relu"), "act_fn is relu");
        assertRefused(Map.of("_class_name", "VQModel"), "_class_name is VQModel");
        assertRefused(Map.of("use_magic", true), "use_magic = true");
        assertRefused(Map.of("down_block_types", List.of("AttnDownEncoderBlock2D")), "[AttnDownEncoderBlock2D]");
        assertRefused(Map.of("norm_num_groups", 0), "config: norm_num_groups is 0");
    }

    private static void assertRefused(Map<String, ?> options, String message) {
        assertThatThrownBy(() -> VaeJson.read(JsonConfig.of(options)))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(message);
    }
}
