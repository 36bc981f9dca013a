package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.weights.layout.UNetInput;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Turns the images of a task into tensors for one batch, and generates the batch's noise. */
final class TaskEncoder {

    private final DiffusionModel model;
    private final ImageTransform resize;
    private final int first;
    private final Shape shape;
    private final NoiseSource random;
    private final NDManager manager;

    /** For images number {@code first} up to, not including, {@code end} of a request. */
    TaskEncoder(ResolvedRequest request, int first, int end, NoiseSource random, NDManager manager) {
        this.model = request.model();
        this.resize =
                ImageTransform.stretched(request.size().width(), request.size().height());
        this.first = first;
        this.shape = model.codec().shape(end - first, resize.height(), resize.width());
        this.random = random;
        this.manager = manager;
    }

    /** What the U-Net sees beside the noisy latents. */
    UNetInput input() {
        return model.input();
    }

    /** The batch's rows of {@code given} noise, or the next noise of the seeds: (B,C,h,w), of unit variance. */
    NDArray noise(Optional<NDArray> given) {
        return given.map(this::rows).orElseGet(() -> random.normal(manager, shape, DataType.FLOAT32));
    }

    /** The batch's rows of a tensor that has a row for each image of the request. */
    NDArray rows(NDArray all) {
        return all.get(new NDIndex("{}:{}", first, first + shape.get(0)));
    }

    /** An image as pixels (1,3,H,W) of the request's size. */
    NDArray pixels(BufferedImage image) {
        return Pixels.of(resize.apply(image), manager).expandDims(0);
    }

    /** 1 where {@code image} is bright, 0 elsewhere: (1,1,H,W). */
    NDArray mask(BufferedImage image) {
        return pixels(image).mean(new int[] {1}, true).gte(0).toType(DataType.FLOAT32, false);
    }

    /** Every so many-th value of a mask (1,1,H,W): (1,1,h,w). */
    NDArray downsampled(NDArray mask) {
        int factor = model.codec().factor();
        return mask.get(new NDIndex(":, :, ::{}, ::{}", factor, factor));
    }

    /** Latents (B,C,h,w) of pixels (1,3,H,W), sampled from the posterior with {@code noise}. */
    NDArray latents(NDArray pixels, Optional<NDArray> noise) {
        return model.codec().encode(pixels, noise(noise));
    }

    /** The mean of the posterior of pixels (1,3,H,W), without the latent scale: (B,C,h,w). */
    NDArray unscaledLatents(NDArray pixels) {
        return model.codec().encodeUnscaled(pixels).repeat(0, shape.get(0));
    }
}
