package io.percolate.diffusion.unet.published;

import io.percolate.diffusion.unet.UNetConfig.Family;
import io.percolate.nn.layers.ResnetBlock.TimeUse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Options of published configs that this U-Net has in one form only: each with the value of that form. */
final class PublishedOptions {

    /** What diffusers' weight averaging leaves in a config; it does not concern the network. */
    static final List<String> AVERAGING = List.of(
            "decay", "inv_gamma", "min_decay", "optimization_step", "power", "update_after_step", "use_ema_warmup");

    private static final Map<String, Object> BOTH =
            Map.of("act_fn", "silu", "mid_block_scale_factor", 1, "time_embedding_type", "positional");

    private static final Map<String, Object> CONTEXT = Map.of(
            "addition_embed_type_num_heads",
            64,
            "attention_type",
            "default",
            "class_embeddings_concat",
            false,
            "conv_in_kernel",
            3,
            "conv_out_kernel",
            3,
            "dual_cross_attention",
            false,
            "resnet_out_scale_factor",
            1.0,
            "resnet_skip_time_act",
            false);

    private static final List<String> CONTEXT_ABSENT = List.of(
            "cross_attention_norm",
            "encoder_hid_dim",
            "encoder_hid_dim_type",
            "mid_block_only_cross_attention",
            "num_attention_heads",
            "reverse_transformer_layers_per_block",
            "time_embedding_act_fn",
            "timestep_post_act");

    private static final Map<String, Object> PIXELS =
            Map.of("downsample_type", "conv", "resnet_time_scale_shift", "default", "upsample_type", "conv");

    private static final List<String> PIXELS_ABSENT = List.of("attn_norm_num_groups", "num_train_timesteps");

    private PublishedOptions() {}

    /** What a config calls a use of the time embedding. */
    static String name(TimeUse use) {
        return use == TimeUse.SHIFT ? "default" : "scale_shift";
    }

    /** Every such option of a family, absent ones as null. */
    static Map<String, Object> unsupported(Family family) {
        Map<String, Object> options = new HashMap<>(BOTH);
        options.putAll(family == Family.CONTEXT ? CONTEXT : PIXELS);
        (family == Family.CONTEXT ? CONTEXT_ABSENT : PIXELS_ABSENT).forEach(name -> options.put(name, null));
        return Collections.unmodifiableMap(options);
    }
}
