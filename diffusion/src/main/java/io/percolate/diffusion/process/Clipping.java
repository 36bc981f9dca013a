package io.percolate.diffusion.process;

/** The range that predicted clean images are kept in. */
public sealed interface Clipping {

    /** The predictor that keeps to this range. */
    DenoisedPredictor apply(DenoisedPredictor predictor);

    /** Any value: for latents. */
    record Unlimited() implements Clipping {
        @Override
        public DenoisedPredictor apply(DenoisedPredictor predictor) {
            return predictor;
        }
    }

    /** Values between -limit and limit: for pixels. */
    record Clipped(double limit) implements Clipping {
        @Override
        public DenoisedPredictor apply(DenoisedPredictor predictor) {
            return predictor.clipped(limit);
        }
    }

    /**
     * A range chosen for each image ({@link DenoisedPredictor#thresholded}): for pixels under strong guidance.
     *
     * @param ratio quantile of the absolute values
     * @param largest the widest range considered
     */
    record Dynamic(double ratio, double largest) implements Clipping {
        @Override
        public DenoisedPredictor apply(DenoisedPredictor predictor) {
            return predictor.thresholded(ratio, largest);
        }
    }
}
