package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.images.ParameterText;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.Optional;

/**
 * An image changed (Meng et al. 2022): it is covered with noise, and the last steps are taken from there.
 *
 * @param initImage the image to change
 * @param noise in place of the noise of the seeds
 * @param strength how much to change: above 0, which is nothing, up to 1, which is everything
 */
public record ImageToImage(InitImage initImage, Noise noise, double strength) implements GenerationTask {

    public ImageToImage {
        Objects.requireNonNull(initImage, "initImage");
        Objects.requireNonNull(noise, "noise");
        requireStrength(strength);
    }

    /**
     * Noise of unit variance (B,C,h,w), a row for each image; what is empty comes from the seeds. It stays the
     * caller's.
     *
     * @param posterior with which the encoder's posterior is sampled
     * @param forward with which the latents are covered
     */
    public record Noise(Optional<NDArray> posterior, Optional<NDArray> forward) {

        /** The noise of each image's seed. */
        public static final Noise FROM_SEEDS = new Noise(Optional.empty(), Optional.empty());
    }

    /** An image changed with the noise of the seeds. */
    public static ImageToImage of(BufferedImage initImage, double strength) {
        Objects.requireNonNull(initImage, "initImage");
        return new ImageToImage(new InitImage.OfImage(initImage), Noise.FROM_SEEDS, strength);
    }

    /** Latents and noise of unit variance, both (B,C,h,w) with a row for each image; they stay the caller's. */
    public static ImageToImage of(NDArray latents, NDArray noise, double strength) {
        Noise forward = new Noise(Optional.empty(), Optional.of(noise));
        return new ImageToImage(new InitImage.OfLatents(latents), forward, strength);
    }

    @Override
    public Optional<Size> size(int factor) {
        return Optional.of(
                noise.forward.map(latents -> Size.ofLatents(latents, factor)).orElseGet(() -> initImage.size(factor)));
    }

    @Override
    public void requireShapes(ExpectedShapes expected) {
        initImage.requireShape(expected);
        noise.posterior.ifPresent(given -> expected.requireLatents("posterior noise", given));
        noise.forward.ifPresent(given -> expected.requireLatents("noise", given));
    }

    @Override
    public PreparedTask prepare(TaskEncoder encoder) {
        NDArray latents = initImage.encode(encoder, noise.posterior);
        return new PreparedTask.FromImage(latents, encoder.noise(noise.forward), strength);
    }

    @Override
    public ParameterText describe(ParameterText text) {
        return text.with(ParameterText.STRENGTH, strength);
    }

    static void requireStrength(double strength) {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength " + strength + " is not above 0 and at most 1");
        }
    }
}
