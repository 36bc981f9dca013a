package io.percolate.pipeline.training;

import io.percolate.weights.JsonConfig;
import java.util.List;
import java.util.Map;

/** What the recipes share. */
final class Recipes {

    static final Map<String, Object> SMALL_VAE = Map.of(
            "block_out_channels",
            List.of(16, 32, 64, 128),
            "layers_per_block",
            1,
            "latent_channels",
            16,
            "norm_num_groups",
            8,
            "sample_size",
            128,
            "down_block_types",
            List.of("DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"),
            "up_block_types",
            List.of("UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"),
            "mid_block_add_attention",
            false);

    private Recipes() {}

    /** The section {@code name}, empty if there is none. */
    static JsonConfig section(JsonConfig json, String name) {
        return json.section(name).orElse(JsonConfig.of(Map.of()));
    }
}
