package io.percolate.vae.tiny;

import io.percolate.files.JsonConfig;
import io.percolate.vae.tiny.TinyConfig.Channels;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.tensors.WeightsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link TinyConfig} as diffusers' {@code config.json} of an {@code AutoencoderTiny}. An absent option has the value that
 * diffusers gives it; one that {@link TinyAutoencoder} does not know is refused by name.
 */
public final class TinyJson {

    /** What {@code _class_name} is. */
    public static final String CLASS = "AutoencoderTiny";

    /** What every tiny autoencoder here has; {@code latent_shift} is for latents that are stored as images. */
    private static final Map<String, Object> FIXED = Map.of(
            "act_fn",
            "relu",
            "force_upcast",
            false,
            "latent_shift",
            0.5,
            "scaling_factor",
            1.0,
            "shift_factor",
            0.0,
            "upsample_fn",
            "nearest",
            "upsampling_scaling_factor",
            2);

    private TinyJson() {}

    /** The options in {@code json}; fails with a {@link WeightsException} that names what is wrong. */
    public static TinyConfig read(JsonConfig json) {
        require(json, "_class_name", CLASS, json.string("_class_name", CLASS));
        try {
            TinyConfig config = config(json);
            json.refuseUnread(FIXED);
            return config;
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    /** The options of {@code config} under the keys that diffusers writes. */
    public static JsonConfig write(TinyConfig config) {
        Map<String, Object> values = new LinkedHashMap<>(FIXED);
        values.put("_class_name", CLASS);
        values.put("_diffusers_version", DiffusersLayout.VERSION);
        values.put("in_channels", config.channels().in());
        values.put("out_channels", config.channels().out());
        values.put("latent_channels", config.channels().latent());
        values.put("latent_magnitude", config.latentMagnitude());
        values.put("encoder_block_out_channels", widths(config.encoderBlocks(), config.width()));
        values.put("decoder_block_out_channels", widths(config.decoderBlocks(), config.width()));
        values.put("block_out_channels", widths(config.decoderBlocks(), config.width()));
        values.put("num_encoder_blocks", config.encoderBlocks());
        values.put("num_decoder_blocks", config.decoderBlocks());
        return JsonConfig.of(values);
    }

    private static TinyConfig config(JsonConfig json) {
        TinyConfig usual = TinyConfig.PUBLISHED;
        Channels channels = new Channels(
                json.integer("in_channels", usual.channels().in()),
                json.integer("out_channels", usual.channels().out()),
                json.integer("latent_channels", usual.channels().latent()));
        List<Integer> encoderBlocks = json.integers("num_encoder_blocks", usual.encoderBlocks());
        List<Integer> decoderBlocks = json.integers("num_decoder_blocks", usual.decoderBlocks());
        List<Integer> widths = json.integers("decoder_block_out_channels", widths(decoderBlocks, usual.width()));
        TinyConfig config = new TinyConfig(
                channels,
                widths.isEmpty() ? 0 : widths.get(0),
                encoderBlocks,
                decoderBlocks,
                json.number("latent_magnitude", usual.latentMagnitude()));
        requireWidth(json, "encoder_block_out_channels", config);
        requireWidth(json, "decoder_block_out_channels", config);
        requireWidth(json, "block_out_channels", config);
        return config;
    }

    private static void requireWidth(JsonConfig json, String key, TinyConfig config) {
        List<Integer> expected = widths(config.encoderBlocks(), config.width());
        require(json, key, expected, json.integers(key, expected));
    }

    private static List<Integer> widths(List<Integer> blocks, int width) {
        return Collections.nCopies(blocks.size(), width);
    }

    private static void require(JsonConfig json, String key, Object expected, Object found) {
        if (!found.equals(expected)) {
            throw new WeightsException(
                    json.source() + ": " + key + " is " + found + ", but this autoencoder knows only " + expected);
        }
    }
}
