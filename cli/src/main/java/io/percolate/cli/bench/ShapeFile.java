package io.percolate.cli.bench;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.encoder.TextEncoderJson;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.CodecConfig;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import java.nio.file.Path;

/** A published {@code config.json}, which describes one network: the one that is asked for. */
record ShapeFile(Path file) implements ModelShape {

    @Override
    public UNetConfig unet() {
        return UNetJson.read(JsonConfig.read(file));
    }

    @Override
    public VaeConfig vae() {
        return VaeJson.read(JsonConfig.read(file));
    }

    @Override
    public CodecConfig decoder() {
        return CodecConfig.read(JsonConfig.read(file));
    }

    @Override
    public TextEncoderConfig text() {
        return TextEncoderJson.read(JsonConfig.read(file));
    }

    @Override
    public boolean isAutoencoder() {
        return JsonConfig.read(file).string("_class_name", "").equals("AutoencoderKL");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
