package io.percolate.vae;

import io.percolate.files.JsonConfig;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link VaeConfig} as diffusers' {@code config.json} of an {@code AutoencoderKL}.
 *
 * <p>An absent option has the value that diffusers gives it. An option that would change the result and that
 * {@link AutoencoderKl} does not know is refused by name.
 */
public final class VaeConfigFile {

    private static final String CLASS = "AutoencoderKL";
    private static final String DOWN_BLOCK = "DownEncoderBlock2D";
    private static final String UP_BLOCK = "UpDecoderBlock2D";
    private static final String ACTIVATION = "silu";

    private VaeConfigFile() {}

    /** Reads a {@code config.json}. */
    public static VaeConfig read(Path file) {
        return of(JsonConfig.read(file));
    }

    /** The options in {@code json}; fails with a {@link WeightsException} that names what is wrong. */
    public static VaeConfig of(JsonConfig json) {
        requireKnownParts(json);
        try {
            VaeConfig config = config(json);
            json.refuseUnread(Map.of());
            return config;
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    /** Writes {@code config} with the keys that diffusers writes, whole or not at all. */
    public static void write(VaeConfig config, Path file) {
        JsonConfig.of(values(config)).write(file);
    }

    private static VaeConfig config(JsonConfig json) {
        return new VaeConfig(
                json.integer("in_channels", 3),
                json.integer("out_channels", 3),
                widths(json),
                json.integer("layers_per_block", 1),
                json.integer("latent_channels", 4),
                json.integer("norm_num_groups", 32),
                sampleSize(json),
                scale(json),
                json.flag("use_quant_conv", true),
                json.flag("use_post_quant_conv", true),
                json.flag("mid_block_add_attention", true),
                json.flag("force_upcast", true));
    }

    private static List<Integer> widths(JsonConfig json) {
        return json.integers("block_out_channels", List.of(64));
    }

    /** A list is height and width, of which diffusers takes the first. */
    private static int sampleSize(JsonConfig json) {
        return json.isList("sample_size") ? json.integers("sample_size", 2).get(0) : json.integer("sample_size", 32);
    }

    private static LatentScale scale(JsonConfig json) {
        return new LatentScale(
                json.number("scaling_factor", 0.18215),
                json.isNull("shift_factor") ? null : json.number("shift_factor"),
                json.numbers("latents_mean", null),
                json.numbers("latents_std", null));
    }

    private static void requireKnownParts(JsonConfig json) {
        require(json, "_class_name", CLASS, json.string("_class_name", CLASS));
        require(json, "act_fn", ACTIVATION, json.string("act_fn", ACTIVATION));
        int levels = widths(json).size();
        requireBlocks(json, "down_block_types", Collections.nCopies(levels, DOWN_BLOCK));
        requireBlocks(json, "up_block_types", Collections.nCopies(levels, UP_BLOCK));
    }

    private static void requireBlocks(JsonConfig json, String key, List<String> expected) {
        require(json, key, expected, json.strings(key, expected));
    }

    private static void require(JsonConfig json, String key, Object expected, Object found) {
        if (!found.equals(expected)) {
            throw new WeightsException(
                    json.source() + ": " + key + " is " + found + ", but this autoencoder knows only " + expected);
        }
    }

    private static Map<String, Object> values(VaeConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("_class_name", CLASS);
        values.put("_diffusers_version", DiffusersLayout.VERSION);
        values.put("act_fn", ACTIVATION);
        values.put("block_out_channels", config.blockOutChannels());
        values.put("down_block_types", Collections.nCopies(config.levels(), DOWN_BLOCK));
        values.put("force_upcast", config.forceUpcast());
        values.put("in_channels", config.inChannels());
        values.put("latent_channels", config.latentChannels());
        values.put("latents_mean", config.latentScale().mean());
        values.put("latents_std", config.latentScale().std());
        values.put("layers_per_block", config.layersPerBlock());
        values.put("mid_block_add_attention", config.midAttention());
        values.put("norm_num_groups", config.normGroups());
        values.put("out_channels", config.outChannels());
        values.put("sample_size", config.sampleSize());
        values.put("scaling_factor", config.latentScale().factor());
        values.put("shift_factor", config.latentScale().shift());
        values.put("up_block_types", Collections.nCopies(config.levels(), UP_BLOCK));
        values.put("use_post_quant_conv", config.postQuantConv());
        values.put("use_quant_conv", config.quantConv());
        return values;
    }
}
