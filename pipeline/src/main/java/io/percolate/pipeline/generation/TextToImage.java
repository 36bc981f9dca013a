package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * An image from noise alone.
 *
 * @param noise of unit variance (B,C,h,w), a row for each image; empty for noise of the seeds. It stays the caller's
 */
public record TextToImage(Optional<NDArray> noise) implements GenerationTask {

    /** From the noise of each image's seed. */
    public static final TextToImage FROM_SEEDS = new TextToImage(Optional.empty());

    @Override
    public Optional<Size> size(int factor) {
        return noise.map(latents -> Size.ofLatents(latents, factor));
    }

    @Override
    public void requireShapes(ExpectedShapes expected) {
        noise.ifPresent(given -> expected.requireLatents("latents", given));
    }

    @Override
    public PreparedTask prepare(TaskEncoder encoder) {
        return new PreparedTask.FromNoise(encoder.noise(noise));
    }
}
