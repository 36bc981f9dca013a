package io.percolate.diffusion.unet.published;

import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;

/**
 * {@link UNetConfig} as diffusers' {@code config.json} of a {@code UNet2DConditionModel} or {@code UNet2DModel}.
 *
 * <p>An absent option has the value that diffusers gives it. An option that would change the result and that
 * {@link UNet} does not know is refused by name.
 */
public final class UNetConfigFile {

    private UNetConfigFile() {}

    /** Reads a {@code config.json}. */
    public static UNetConfig read(Path file) {
        return of(JsonConfig.read(file));
    }

    /** The options in {@code json}; fails with a {@link WeightsException} that names what is wrong. */
    public static UNetConfig of(JsonConfig json) {
        try {
            UNetConfig config = new UNetConfigReader(json).config();
            json.refuseUnread(PublishedOptions.unsupported(config.family()));
            return config;
        } catch (IllegalArgumentException e) {
            throw new WeightsException(json.source() + ": " + e.getMessage(), e);
        }
    }

    /** Writes {@code config} with the keys that diffusers writes, whole or not at all. */
    public static void write(UNetConfig config, Path file) {
        JsonConfig.of(new UNetConfigWriter(config).values()).write(file);
    }
}
