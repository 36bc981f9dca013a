package io.percolate.diffusion.unet.published;

import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.WeightsException;

/**
 * {@link UNetConfig} as diffusers' {@code config.json} of a {@code UNet2DConditionModel} or {@code UNet2DModel}.
 *
 * <p>An absent option has the value that diffusers gives it. An option that would change the result and that
 * {@link UNet} does not know is refused by name.
 */
public final class UNetJson {

    private UNetJson() {}

    /**
     * Reads a published config.
     *
     * @throws WeightsException if an option is not supported or does not fit the others; the message names it
     */
    public static UNetConfig read(JsonConfig json) {
        try {
            UNetConfig config = new UNetReader(json).read();
            json.refuseUnread(PublishedOptions.unsupported(config.family()));
            return config;
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    /** The keys that diffusers writes. */
    public static JsonConfig write(UNetConfig config) {
        return JsonConfig.of(new UNetWriter(config).values());
    }
}
