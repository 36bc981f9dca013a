package io.percolate.diffusion.unet.published;

import io.percolate.diffusion.unet.BlockAttention;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.control.ControlNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.WeightsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * {@link ControlNetConfig} as diffusers' {@code config.json} of a {@code ControlNetModel}: the keys of a U-Net, but those
 * of its way up, and keys of its own.
 */
public final class ControlNetJson {

    /** Its name in {@code config.json}. */
    public static final String CLASS_NAME = "ControlNetModel";

    private static final String CLASS = "_class_name";
    private static final String CHANNELS = "conditioning_channels";
    private static final String WIDTHS = "conditioning_embedding_out_channels";
    private static final String DOWN = "down_block_types";
    private static final String UP = "up_block_types";

    /** Options that are supported with one value only. */
    private static final Map<String, Object> FIXED =
            Map.of("controlnet_conditioning_channel_order", "rgb", "global_pool_conditions", false);

    private ControlNetJson() {}

    /**
     * Reads a published config.
     *
     * @throws WeightsException if it is no ControlNet's, or an option is not supported; the message names it
     */
    public static ControlNetConfig read(JsonConfig json) {
        String className = json.string(CLASS, "");
        if (!className.equals(CLASS_NAME)) {
            throw new WeightsException(json.source() + ": the config of a " + className + ", not of a " + CLASS_NAME);
        }
        try {
            Map<String, Object> own = json.values();
            FIXED.forEach((key, value) -> requireFixed(json, key, value));
            return ControlNetConfig.of(
                    UNetJson.read(asUNet(json, own)),
                    json.integer(CHANNELS, 3),
                    json.integers(WIDTHS, ControlNetConfig.PUBLISHED_WIDTHS));
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    private static void requireFixed(JsonConfig json, String key, Object supported) {
        Object value = json.values().getOrDefault(key, supported);
        if (!supported.equals(value)) {
            throw new WeightsException(
                    json.source() + ": options that are not supported: " + key + " " + value + ", only " + supported);
        }
    }

    /** The U-Net with this way down, and the way up that mirrors it. */
    private static JsonConfig asUNet(JsonConfig json, Map<String, Object> values) {
        values.keySet().removeAll(FIXED.keySet());
        values.keySet().removeAll(List.of(CHANNELS, WIDTHS));
        values.put(CLASS, UNetConfig.Family.CONTEXT.className());
        values.put("out_channels", json.integer("in_channels", 4));
        List<String> up = new ArrayList<>(
                json.strings(DOWN).stream().map(ControlNetJson::mirrored).toList());
        Collections.reverse(up);
        values.put(UP, up);
        return JsonConfig.of(json.source(), values);
    }

    private static String mirrored(String down) {
        return List.of(BlockAttention.NONE, BlockAttention.CONTEXT).stream()
                .filter(attention -> attention.downBlock().equals(down))
                .findFirst()
                .map(BlockAttention::upBlock)
                .orElse(down);
    }

    /** The keys that diffusers writes. */
    public static JsonConfig write(ControlNetConfig config) {
        Map<String, Object> values = UNetJson.write(config.contraction()).values();
        values.keySet().removeAll(List.of(UP, "out_channels", "sample_size"));
        values.put(CLASS, CLASS_NAME);
        values.put(CHANNELS, config.conditionChannels());
        values.put(WIDTHS, config.conditionWidths());
        values.putAll(FIXED);
        return JsonConfig.of(values);
    }
}
