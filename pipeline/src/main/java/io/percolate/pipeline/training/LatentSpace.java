package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.ImageSpace;
import io.percolate.pipeline.data.Draws;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.ElementType;
import io.percolate.weights.WeightFile;
import java.nio.file.Path;

/**
 * The latents of a finished autoencoder (Rombach et al. 2022): every picture is encoded once, before training.
 *
 * @param vae who encodes and decodes
 * @param fingerprint of its weights
 * @param manager owns the latents
 */
record LatentSpace(AutoencoderKl vae, String fingerprint, NDManager manager) implements TrainingSpace {

    static LatentSpace load(Path folder, NDManager manager) {
        AutoencoderKl vae = AutoencoderKl.load(folder, manager);
        return new LatentSpace(vae, Fingerprint.of(WeightFile.inFolder(folder)), manager);
    }

    @Override
    public ImageSpace images() {
        return new ImageSpace.Latents(vae);
    }

    @Override
    public Examples examples(ImageDataset dataset, LoaderConfig loader, Path run) {
        LatentCache cache = LatentCache.open(
                run.resolve("latents.safetensors"),
                dataset,
                loader.transform(),
                new LatentCache.Source(images(), fingerprint),
                manager);
        ImageDataset encoded = dataset.where(cache::has);
        return (start, seed) -> new LatentBatches(cache, loader, Draws.shuffled(encoded, seed, start));
    }

    @Override
    public void save(Path folder) {
        vae.save(folder.resolve("vae"), ElementType.F32);
    }

    @Override
    public void close() {
        vae.close();
    }

    @Override
    public String toString() {
        return "the autoencoder's latents";
    }
}
