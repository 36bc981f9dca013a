package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** The range that estimates of the clean image are kept in. */
public sealed interface Clipping {

    /** The estimator that keeps to this range. */
    DenoisedPredictor apply(DenoisedPredictor estimator);

    /** The options of published configs that ask for this range. */
    Map<String, Object> options();

    /** Reads {@code clip_sample} and {@code thresholding}, of which the second goes first. */
    static Clipping read(JsonConfig config) {
        double limit = config.number("clip_sample_range", 1);
        double ratio = config.number("dynamic_thresholding_ratio", 0.995);
        double largest = config.number("sample_max_value", 1);
        boolean clip = config.flag("clip_sample", false);
        if (config.flag("thresholding", false)) {
            return new Dynamic(ratio, largest);
        }
        return clip ? new Clipped(limit) : new Unlimited();
    }

    /** Any value: for latents. */
    record Unlimited() implements Clipping {
        @Override
        public DenoisedPredictor apply(DenoisedPredictor estimator) {
            return estimator;
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("clip_sample", false);
        }
    }

    /** Values between -limit and limit: for pixels. */
    record Clipped(double limit) implements Clipping {
        @Override
        public DenoisedPredictor apply(DenoisedPredictor estimator) {
            return estimator.clipped(limit);
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("clip_sample", true, "clip_sample_range", limit);
        }
    }

    /** A range chosen for each image (Saharia et al. 2022): for pixels under strong guidance. */
    record Dynamic(double ratio, double largest) implements Clipping {
        @Override
        public DenoisedPredictor apply(DenoisedPredictor estimator) {
            return estimator.thresholded(ratio, largest);
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("thresholding", true, "dynamic_thresholding_ratio", ratio, "sample_max_value", largest);
        }
    }
}
