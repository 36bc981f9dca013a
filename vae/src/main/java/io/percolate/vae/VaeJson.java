package io.percolate.vae;

import io.percolate.files.JsonConfig;
import io.percolate.vae.VaeConfig.Blocks;
import io.percolate.vae.VaeConfig.Channels;
import io.percolate.vae.VaeConfig.LatentConvs;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.tensors.WeightsException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link VaeConfig} as diffusers' {@code config.json} of an {@code AutoencoderKL}.
 *
 * <p>An absent option has the value that diffusers gives it. An option that would change the result and that
 * {@link AutoencoderKl} does not know is refused by name; and so diffusers refuses the block types of an autoencoder with
 * {@linkplain Resizing#SHORTCUT shortcuts}, which are not its own.
 */
public final class VaeJson {

    private static final String CLASS = "AutoencoderKL";
    private static final String ACTIVATION = "silu";

    private VaeJson() {}

    /** The options in {@code json}; fails with a {@link WeightsException} that names what is wrong. */
    public static VaeConfig read(JsonConfig json) {
        requireKnownParts(json);
        try {
            VaeConfig config = config(json);
            json.refuseUnread(Map.of());
            return config;
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    /** The options of {@code config} under the keys that diffusers writes. */
    public static JsonConfig write(VaeConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("_class_name", CLASS);
        values.put("_diffusers_version", DiffusersLayout.VERSION);
        values.put("act_fn", ACTIVATION);
        values.put("force_upcast", config.forceUpcast());
        values.put("sample_size", config.sampleSize());
        values.put("use_post_quant_conv", config.latentConvs().postQuant());
        values.put("use_quant_conv", config.latentConvs().quant());
        addChannels(values, config.channels());
        addBlocks(values, config.blocks());
        addScale(values, config.latentScale());
        return JsonConfig.of(values);
    }

    private static VaeConfig config(JsonConfig json) {
        return new VaeConfig(
                new Channels(
                        json.integer("in_channels", 3),
                        json.integer("out_channels", 3),
                        json.integer("latent_channels", 4)),
                blocks(json),
                new LatentConvs(json.flag("use_quant_conv", true), json.flag("use_post_quant_conv", true)),
                sampleSize(json),
                scale(json),
                json.flag("force_upcast", true));
    }

    private static Blocks blocks(JsonConfig json) {
        return new Blocks(
                widths(json),
                json.integer("layers_per_block", 1),
                json.integer("norm_num_groups", 32),
                json.flag("mid_block_add_attention", true),
                resizing(json));
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
                json.number("shift_factor", 0),
                json.numbers("latents_mean", List.of()),
                json.numbers("latents_std", List.of()));
    }

    private static void requireKnownParts(JsonConfig json) {
        require(json, "_class_name", CLASS, json.string("_class_name", CLASS));
        require(json, "act_fn", ACTIVATION, json.string("act_fn", ACTIVATION));
        int levels = widths(json).size();
        Resizing resizing = resizing(json);
        requireBlocks(json, "down_block_types", Collections.nCopies(levels, resizing.downBlock()));
        requireBlocks(json, "up_block_types", Collections.nCopies(levels, resizing.upBlock()));
    }

    /** What the first level of the encoder says; the others must say the same. */
    private static Resizing resizing(JsonConfig json) {
        return json.strings("down_block_types", List.of()).stream()
                .findFirst()
                .flatMap(name -> Arrays.stream(Resizing.values())
                        .filter(known -> known.downBlock().equals(name))
                        .findFirst())
                .orElse(Resizing.CONVOLUTION);
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

    private static void addChannels(Map<String, Object> values, Channels channels) {
        values.put("in_channels", channels.in());
        values.put("out_channels", channels.out());
        values.put("latent_channels", channels.latent());
    }

    private static void addBlocks(Map<String, Object> values, Blocks blocks) {
        values.put("block_out_channels", blocks.widths());
        values.put(
                "down_block_types",
                Collections.nCopies(blocks.levels(), blocks.resizing().downBlock()));
        values.put(
                "up_block_types",
                Collections.nCopies(blocks.levels(), blocks.resizing().upBlock()));
        values.put("layers_per_block", blocks.perLevel());
        values.put("mid_block_add_attention", blocks.midAttention());
        values.put("norm_num_groups", blocks.normGroups());
    }

    /** diffusers writes null for what there is not. */
    private static void addScale(Map<String, Object> values, LatentScale scale) {
        values.put("scaling_factor", scale.factor());
        values.put("shift_factor", scale.shift() == 0 ? null : scale.shift());
        values.put("latents_mean", scale.isPerChannel() ? scale.mean() : null);
        values.put("latents_std", scale.isPerChannel() ? scale.std() : null);
    }
}
