package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a network predicts of a noisy image: the clean image and the noise in it.
 *
 * <p>As predicted, alpha x0 + std epsilon is the noisy image. Clipping changes x0 alone.
 *
 * @param x0 the predicted clean image, of the noisy image's shape and element type
 * @param noise computes the predicted epsilon
 */
public record DenoisedPrediction(NDArray x0, Supplier<NDArray> noise) {

    /** The predicted noise; computed by each call. */
    public NDArray epsilon() {
        return noise.get();
    }

    /** This prediction with another clean image. */
    public DenoisedPrediction withX0(UnaryOperator<NDArray> change) {
        return new DenoisedPrediction(change.apply(x0), noise);
    }
}
