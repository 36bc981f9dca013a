package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.LatentScale;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;

/**
 * The latents of a finished autoencoder (Rombach et al. 2022): every image is encoded once, before training.
 *
 * @param vae who encodes and decodes
 * @param manager owns the images while they are encoded
 */
public record LatentSpace(AutoencoderKl vae, NDManager manager) implements TrainingSpace {

    /** Mean variance of a posterior where latents have the variance 1, noise included. */
    private static final double WIDEST = 2;

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
        return Scope.keep(() -> sample(posterior.get(":,0"), posterior.get(":,1"), random));
    }

    private NDArray sampleOf(NDArray pixels, NoiseSource random) {
        return Scope.keep(() -> {
            LatentDistribution posterior = vae.encode(pixels);
            return sample(posterior.mean(), posterior.std(), random);
        });
    }

    /** The mean itself if the posterior is far wider than the latents, as of a model that was trained on means. */
    private NDArray sample(NDArray mean, NDArray std, NoiseSource random) {
        LatentScale scale = vae.config().latentScale();
        NDArray scaledMean = scale.apply(mean);
        NDArray sample = scale.apply(mean.add(std.mul(random.normal(mean))));
        double width =
                scale.apply(mean.add(std)).sub(scaledMean).square().mean().getFloat();
        return width > WIDEST ? scaledMean : sample;
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
