package io.percolate.pipeline.bench;

import io.percolate.conditioning.TextEncoderConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.UNetConfigFile;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeConfigFile;
import io.percolate.weights.JsonConfig;
import java.nio.file.Path;

/** A published {@code config.json}, which describes one network: the one that is asked for. */
record ShapeFile(Path file) implements ModelShape {

    @Override
    public UNetConfig unet() {
        return UNetConfigFile.read(file);
    }

    @Override
    public VaeConfig vae() {
        return VaeConfigFile.read(file);
    }

    @Override
    public TextEncoderConfig text() {
        return TextEncoderConfig.read(JsonConfig.read(file));
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
