package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;

/**
 * Noise that also moves the mean of each channel of an image, which independent noise leaves nearly as it is: a denoiser
 * that never learned to move it makes images of medium brightness (Guttenberg 2023).
 *
 * @param share standard deviation of what is added to a whole channel; 0 for independent noise, 0.1 is usual
 */
public record NoiseOffset(double share) {

    /** Independent noise in every pixel. */
    public static final NoiseOffset NONE = new NoiseOffset(0);

    public NoiseOffset {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("noise_offset " + share + " is not a share from 0 to 1");
        }
    }

    /** Noise in the shape of {@code latents} (B,C,H,W). */
    NDArray like(NDArray latents, NoiseSource random) {
        return share == 0
                ? random.normal(latents)
                : Scope.keep(() -> {
                    NDArray noise = random.normal(latents);
                    Shape shape = latents.getShape();
                    Shape means = new Shape(shape.get(0), shape.get(1), 1, 1);
                    NDArray offset = random.normal(latents.getManager(), means, noise.getDataType());
                    return noise.add(Aten.scale(offset, share));
                });
    }
}
