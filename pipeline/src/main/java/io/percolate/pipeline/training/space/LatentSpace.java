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
        NDArray images = batch.images();
        return batch.encoded()
                ? Gradients.off(() -> sample(images, random))
                : Scope.keep(() -> encode(images, noise(images, random)));
    }

    /** Of a posterior that was encoded before (B,2,C,h,w). */
    private NDArray sample(NDArray posterior, NoiseSource random) {
        return Scope.keep(() -> {
            NDArray mean = posterior.get(":,0");
            return sample(mean, posterior.get(":,1"), random.normal(mean));
        });
    }

    /** As many standard normal numbers as the latents of pixels (B,3,H,W) are. */
    public NDArray noise(NDArray pixels, NoiseSource random) {
        Shape shape = pixels.getShape();
        Shape latents = vae.config().latentShape(shape.get(0), shape.get(2), shape.get(3));
        return random.normal(pixels.getManager(), latents, DataType.FLOAT32);
    }

    /** z0 (B,C,h,w) of pixels, without gradients; {@code noise} of that shape says which sample of the posterior. */
    public NDArray encode(NDArray pixels, NDArray noise) {
        return Gradients.off(() -> Scope.keep(() -> {
            LatentDistribution posterior = vae.encode(pixels);
            return sample(posterior.mean(), posterior.std(), noise);
        }));
    }

    /** Changes whenever the latents of images do. */
    public String fingerprint() {
        return PosteriorEncoder.of(vae).fingerprint() + vae.config().latentScale();
    }

    /** The mean itself if the posterior is far wider than the latents, as of a model that was trained on means. */
    private NDArray sample(NDArray mean, NDArray std, NDArray noise) {
        LatentScale scale = vae.config().latentScale();
        NDArray scaledMean = scale.apply(mean);
        NDArray sample = scale.apply(mean.add(std.mul(noise)));
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
