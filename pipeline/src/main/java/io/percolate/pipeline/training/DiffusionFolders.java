package io.percolate.pipeline.training;

import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.weights.layout.DiffusersLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a diffusion training finds and leaves things.
 *
 * @param vae folder of the finished autoencoder, or of a model that has one; empty to train on pixels
 * @param start the model to go on from, instead of random weights
 * @param out the run folder, which is also the model folder
 */
public record DiffusionFolders(Optional<Path> vae, Optional<StartingModel> start, Path out) {

    public DiffusionFolders {
        vae = vae.map(PartFolders::autoencoder);
    }

    /**
     * A trained model whose denoiser and text encoder another training goes on from.
     *
     * @param model its folder
     * @param finerLevels channels of the levels that are put before those of its denoiser, finest first, each for samples
     *     that are twice as large
     */
    public record StartingModel(Path model, List<Integer> finerLevels) {

        public StartingModel {
            finerLevels = List.copyOf(finerLevels);
        }

        /** For a denoiser of the same levels. */
        public static StartingModel of(Path model) {
            return new StartingModel(model, List.of());
        }

        /** The shape of the denoiser that begins with its weights. */
        UNetConfig denoiser() {
            return UNetFiles.config(unet()).withFiner(finerLevels);
        }

        /** The folder of its denoiser. */
        Path unet() {
            return model.resolve("unet");
        }
    }

    /** The shape of the autoencoder, if there is one. */
    public Optional<VaeConfig> autoencoder() {
        return vae.map(folder -> VaeJson.read(JsonConfig.read(folder.resolve(DiffusersLayout.CONFIG))));
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
