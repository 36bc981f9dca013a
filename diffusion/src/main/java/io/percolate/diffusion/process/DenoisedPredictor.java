package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.SampleStatistics;
import java.util.function.UnaryOperator;

/**
 * What a sampler sees of a network: its prediction of the clean image behind a noisy one.
 *
 * <p>{@link Prediction#predictor} makes it from a {@link Denoiser}. Whatever acts on the clean image is a wrapper made
 * by {@link #mapX0}.
 */
@FunctionalInterface
public interface DenoisedPredictor {

    /**
     * Predicts the clean image and the noise; the arrays are new ones, which the sampler frees.
     *
     * @param x alpha x0 + std epsilon (B,C,H,W)
     * @param level the noise level of x
     */
    DenoisedPrediction predict(NDArray x, NoiseLevel level);

    /** This predictor with every clean image passed through {@code change}. */
    default DenoisedPredictor mapX0(UnaryOperator<NDArray> change) {
        return (x, level) -> predict(x, level).withX0(change);
    }

    /** Clean images cut to [-limit, limit]: right for pixels, wrong for latents. */
    default DenoisedPredictor clipped(double limit) {
        return mapX0(x0 -> Aten.clamp(x0, -limit, limit));
    }

    /**
     * Dynamic thresholding (Saharia et al. 2022, section 2.3), for pixels: each image is cut to the range that
     * holds {@code ratio} of its values, if that is wider than [-1, 1], and scaled back to [-1, 1].
     *
     * @param ratio quantile of the absolute values, such as 0.995
     * @param largest the widest range considered
     */
    default DenoisedPredictor thresholded(double ratio, double largest) {
        return mapX0(x0 -> SampleStatistics.dynamicThreshold(x0, ratio, largest));
    }
}
