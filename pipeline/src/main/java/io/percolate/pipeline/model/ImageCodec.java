package io.percolate.pipeline.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.tiny.TinyAutoencoder;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Translates between pixels and what is denoised: an autoencoder's latents, or the pixels themselves. Latents here
 * means both.
 */
public sealed interface ImageCodec {

    /** Pixels (B,3,H,W) in [-1,1] as latents of unit variance; the mean of the posterior where there is one. */
    NDArray encode(NDArray pixels);

    /**
     * Pixels (1,3,H,W) as latents, as many times as {@code noise} (B,C,h,w) has rows; each row a sample of the
     * posterior where there is one.
     */
    NDArray encode(NDArray pixels, NDArray noise);

    /** Pixels (B,3,H,W) as the mean of the posterior, without the latent scale. */
    NDArray encodeUnscaled(NDArray pixels);

    /** Latents as pixels (B,3,H,W), not clipped. */
    NDArray decode(NDArray latents);

    /** Decodes one image (1,C,h,w) at a time, because nothing else needs as much memory, and hands over its pixels. */
    default void decodeEach(NDArray latents, Consumer<NDArray> receiver) {
        use(() -> {
            for (long i = 0; i < latents.getShape().get(0); i++) {
                long row = i;
                receiver.accept(Scope.keep(() -> decode(latents.get("{}:{}", row, row + 1))));
            }
            return null;
        });
    }

    /** Runs {@code body} with the weights in memory. */
    <T> T use(Supplier<T> body);

    /** The shape of the latents of {@code batch} images of {@code height} x {@code width} pixels. */
    Shape shape(long batch, long height, long width);

    /** Pixels per latent, along each side. */
    int factor();

    /** The autoencoder, if there is one with a posterior. */
    Optional<AutoencoderKl> autoencoder();

    /**
     * Latents of an autoencoder (Rombach et al. 2022).
     *
     * @param vae the autoencoder; the codec does not close it
     */
    record Autoencoder(AutoencoderKl vae) implements ImageCodec {

        @Override
        public NDArray encode(NDArray pixels) {
            Shape shape = pixels.getShape();
            try (NDArray noNoise = pixels.getManager().zeros(shape(shape.get(0), shape.get(2), shape.get(3)))) {
                return vae.encodeScaled(pixels, noNoise);
            }
        }

        @Override
        public NDArray encode(NDArray pixels, NDArray noise) {
            return vae.encodeScaled(pixels, noise);
        }

        @Override
        public NDArray encodeUnscaled(NDArray pixels) {
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
            return vae.config().latentShape(batch, height, width);
        }

        @Override
        public int factor() {
            return vae.config().downsamplingFactor();
        }

        @Override
        public Optional<AutoencoderKl> autoencoder() {
            return Optional.of(vae);
        }
    }

    /**
     * The same latents, by a small imitation of their autoencoder, which has no posterior.
     *
     * @param vae the imitation; the codec does not close it
     */
    record Tiny(TinyAutoencoder vae) implements ImageCodec {

        @Override
        public NDArray encode(NDArray pixels) {
            return vae.encode(pixels);
        }

        @Override
        public NDArray encode(NDArray pixels, NDArray noise) {
            return Scope.keep(
                    () -> vae.encode(pixels).repeat(0, noise.getShape().get(0)));
        }

        @Override
        public NDArray encodeUnscaled(NDArray pixels) {
            return vae.encode(pixels);
        }

        @Override
        public NDArray decode(NDArray latents) {
            return vae.decode(latents);
        }

        @Override
        public <T> T use(Supplier<T> body) {
            return vae.use(body);
        }

        @Override
        public Shape shape(long batch, long height, long width) {
            return vae.config().shape().latents(batch, height, width);
        }

        @Override
        public int factor() {
            return vae.config().shape().factor();
        }

        @Override
        public Optional<AutoencoderKl> autoencoder() {
            return Optional.empty();
        }
    }

    /** The pixels themselves (Ho et al. 2020). */
    record Identity() implements ImageCodec {

        @Override
        public NDArray encode(NDArray pixels) {
            return pixels.duplicate();
        }

        @Override
        public NDArray encode(NDArray pixels, NDArray noise) {
            return pixels.repeat(0, noise.getShape().get(0));
        }

        @Override
        public NDArray encodeUnscaled(NDArray pixels) {
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

        @Override
        public Optional<AutoencoderKl> autoencoder() {
            return Optional.empty();
        }
    }
}
