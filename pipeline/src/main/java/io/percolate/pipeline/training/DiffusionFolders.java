package io.percolate.pipeline.training;

import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.weights.layout.DiffusersLayout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a diffusion training finds and leaves things.
 *
 * @param vae folder of the finished autoencoder, or of a model that has one; empty to train on pixels
 * @param start a model folder whose denoiser and text encoder to go on from, instead of random ones
 * @param out the run folder, which is also the model folder
 */
public record DiffusionFolders(Optional<Path> vae, Optional<Path> start, Path out) {

    public DiffusionFolders {
        vae = vae.map(PartFolders::autoencoder);
    }

    /** The shape of the autoencoder, if there is one. */
    public Optional<VaeConfig> autoencoder() {
        return vae.map(folder -> VaeJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG))));
    }

    /** The shape of the denoiser to go on from, if there is one. */
    Optional<UNetConfig> denoiser() {
        return start.map(folder -> UNetFiles.config(folder.resolve("unet")));
    }

    /** For a training from the beginning, in the latents of the autoencoder in {@code vae}. */
    public static DiffusionFolders inLatents(Path vae, Path out) {
        return new DiffusionFolders(Optional.of(vae), Optional.empty(), out);
    }

    /** For a training from the beginning, on pixels. */
    public static DiffusionFolders onPixels(Path out) {
        return new DiffusionFolders(Optional.empty(), Optional.empty(), out);
    }
}
