package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;

/**
 * The latents of a finished autoencoder (Rombach et al. 2022): every image is encoded once, before training.
 *
 * @param vae who encodes and decodes
 * @param manager owns the images while they are encoded
 */
public record LatentSpace(AutoencoderKl vae, NDManager manager) implements TrainingSpace {

    static LatentSpace load(Path folder, NDManager manager) {
        return new LatentSpace(AutoencoderKl.load(folder, manager), manager);
    }

    @Override
    public ImageCodec codec() {
        return new ImageCodec.Autoencoder(vae);
    }

    @Override
    public TrainingBatches batches(ImageDataset dataset, LoaderConfig loader, LatentStorage storage) {
        LatentCache cache = LatentCache.open(storage, dataset, loader.framing(), PosteriorEncoder.of(vae), manager);
        return new CachedBatches(cache, dataset.where(cache::has), loader);
    }

    @Override
    public NDArray encode(Batch batch, NoiseSource random) {
        return Gradients.off(() -> batch.encoded() ? sample(batch.images(), random) : sampleOf(batch.images(), random));
    }

    /** Of a posterior that was encoded before (B,2,C,h,w). */
    private NDArray sample(NDArray posterior, NoiseSource random) {
        return Scope.keep(() -> {
            NDArray mean = posterior.get(":,0");
            NDArray latents = mean.add(posterior.get(":,1").mul(random.normal(mean)));
            return vae.config().latentScale().apply(latents);
        });
    }

    private NDArray sampleOf(NDArray pixels, NoiseSource random) {
        Shape shape = pixels.getShape();
        Shape latents = codec().shape(shape.get(0), shape.get(2), shape.get(3));
        return Scope.keep(
                () -> vae.encodeScaled(pixels, random.normal(pixels.getManager(), latents, DataType.FLOAT32)));
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
