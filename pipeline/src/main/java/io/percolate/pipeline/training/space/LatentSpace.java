package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;

/**
 * The latents of a finished autoencoder (Rombach et al. 2022): every image is encoded once, before training.
 *
 * @param vae who encodes and decodes
 * @param fingerprint of its weights
 * @param manager owns the latents
 */
public record LatentSpace(AutoencoderKl vae, String fingerprint, NDManager manager) implements TrainingSpace {

    static LatentSpace load(Path folder, NDManager manager) {
        AutoencoderKl vae = AutoencoderKl.load(folder, manager);
        return new LatentSpace(vae, Fingerprint.of(WeightFile.inFolder(folder)), manager);
    }

    @Override
    public ImageCodec codec() {
        return new ImageCodec.Autoencoder(vae);
    }

    @Override
    public TrainingBatches batches(ImageDataset dataset, LoaderConfig loader, Path run) {
        LatentCache cache = LatentCache.open(
                run.resolve("latents.safetensors"),
                dataset,
                loader.transform(),
                new LatentCache.Source(codec(), fingerprint),
                manager);
        ImageDataset encoded = dataset.where(cache::has);
        return (start, seed) -> new LatentBatches(cache, loader, DataOrder.shuffled(encoded, seed, start));
    }

    @Override
    public NDArray encode(Batch batch) {
        return batch.encoded() ? batch.images() : Gradients.off(() -> codec().encode(batch.images()));
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
