package io.percolate.cli.bench;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.pipeline.model.CodecConfig;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;
import java.util.Locale;

/** Where the shapes of a model's networks come from. */
public sealed interface ModelShape permits KnownShape, ShapeFile {

    /** The denoiser's. */
    UNetConfig unet();

    /** The autoencoder's. */
    VaeConfig vae();

    /** What decodes, which may also be a tiny autoencoder. */
    default CodecConfig decoder() {
        return new CodecConfig.Kl(vae());
    }

    /** The text encoder's; the larger one if there are two. */
    TextEncoderConfig text();

    /** Whether this is the shape of an autoencoder and of nothing else. */
    boolean isAutoencoder();

    /** What it is called on the command line: {@code sd15}, {@code sd21}, {@code sdxl}, {@code embedded} or a file. */
    static ModelShape of(String name) {
        for (KnownShape shape : KnownShape.values()) {
            if (shape.toString().equals(name)) {
                return shape;
            }
        }
        if (!name.toLowerCase(Locale.ROOT).endsWith(".json")) {
            throw new IllegalArgumentException("no shape is called '" + name
                    + "', choose one of sd15 sd21 sdxl embedded, or name a network's config.json");
        }
        return new ShapeFile(Path.of(name));
    }
}
