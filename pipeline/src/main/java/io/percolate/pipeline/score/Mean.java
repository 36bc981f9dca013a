package io.percolate.pipeline.score;

import java.util.Arrays;

/**
 * A mean over images.
 *
 * @param value the mean
 * @param standardError of the mean; NaN of a single image
 */
public record Mean(double value, double standardError) {

    static Mean of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        int count = values.length;
        return new Mean(mean, count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count));
    }
}
