package io.percolate.pipeline.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import io.percolate.vae.AutoencoderKl;
import java.util.function.Supplier;

/** Where diffusion runs: the latents of an autoencoder, or the pixels themselves. */
public sealed interface ImageSpace {

    /** Pixels (B,3,H,W) in [-1,1] to this space, unit variance; the mean of the posterior where there is one. */
    NDArray encode(NDArray pixels);

    /**
     * Pixels (1,3,H,W) to this space as often as {@code noise} (B,C,h,w) has rows: samples of the posterior where there
     * is one.
     */
    NDArray sample(NDArray pixels, NDArray noise);

    /** Pixels (B,3,H,W) to this space as the encoder gives them, the mean of the posterior without its scale. */
    NDArray unscaled(NDArray pixels);

    /** The way back: to pixels (B,3,H,W), not clipped. */
    NDArray decode(NDArray latents);

    /** Runs {@code body} with everything in memory that the ways here and back need. */
    <T> T use(Supplier<T> body);

    /** Shape of {@code batch} images of {@code height} x {@code width} pixels in this space. */
    Shape shape(long batch, long height, long width);

    /** How many pixels one value is wide. */
    int factor();

    /**
     * The latents of {@code vae} (Rombach et al. 2022).
     *
     * @param vae who encodes and decodes; it stays the caller's
     */
    record Latents(AutoencoderKl vae) implements ImageSpace {

        @Override
        public NDArray encode(NDArray pixels) {
            Shape shape = pixels.getShape();
            try (NDArray noNoise = pixels.getManager().zeros(shape(shape.get(0), shape.get(2), shape.get(3)))) {
                return vae.encodeScaled(pixels, noNoise);
            }
        }

        @Override
        public NDArray sample(NDArray pixels, NDArray noise) {
            return vae.encodeScaled(pixels, noise);
        }

        @Override
        public NDArray unscaled(NDArray pixels) {
            return Scope.keep(() -> vae.encode(pixels).mode());
        }

        @Override
        public NDArray decode(NDArray latents) {
            return vae.decodeScaled(latents);
        }

        @Override
        public <T> T use(Supplier<T> body) {
            return vae.use(body);
        }

        @Override
        public Shape shape(long batch, long height, long width) {
            return new Shape(batch, vae.config().latentChannels(), height / factor(), width / factor());
        }

        @Override
        public int factor() {
            return vae.config().downsamplingFactor();
        }
    }

    /** Pixels, as in Ho et al. 2020. */
    record Pixels() implements ImageSpace {

        @Override
        public NDArray encode(NDArray pixels) {
            return pixels.duplicate();
        }

        @Override
        public NDArray sample(NDArray pixels, NDArray noise) {
            return pixels.repeat(0, noise.getShape().get(0));
        }

        @Override
        public NDArray unscaled(NDArray pixels) {
            return encode(pixels);
        }

        @Override
        public NDArray decode(NDArray latents) {
            return latents.duplicate();
        }

        @Override
        public <T> T use(Supplier<T> body) {
            return body.get();
        }

        @Override
        public Shape shape(long batch, long height, long width) {
            return new Shape(batch, 3, height, width);
        }

        @Override
        public int factor() {
            return 1;
        }
    }
}
