package io.percolate.nn.optim;

/**
 * How an {@link Optimizer} trains.
 *
 * @param learningRate step size by step
 * @param clipping limit on the gradient
 * @param adamW the constants of AdamW
 * @param ema how the averaged weights follow
 */
public record OptimizerConfig(LearningRate learningRate, GradientClipping clipping, AdamWConfig adamW, EmaDecay ema) {

    /** The customary rest: gradient norm up to 1, torch's AdamW, an average that keeps up to 0.9999. */
    public static OptimizerConfig of(LearningRate learningRate) {
        return new OptimizerConfig(
                learningRate, new GradientClipping(1), AdamWConfig.DEFAULT, new EmaDecay.WarmUp(0.9999));
    }
}
