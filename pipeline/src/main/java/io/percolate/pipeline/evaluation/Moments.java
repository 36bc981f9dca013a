package io.percolate.pipeline.evaluation;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Number, mean and spread of some numbers, of which parts merge to the whole (Chan et al. 1979, eq. 2.1).
 *
 * @param count how many numbers
 * @param mean of them; 0 if there are none
 * @param squares sum of the squared distances from the mean
 */
public record Moments(long count, double mean, double squares) implements Serializable {

    /** Of no numbers. */
    public static final Moments NONE = new Moments(0, 0, 0);

    /** Of {@code values}. */
    public static Moments of(double... values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return new Moments(
                values.length,
                mean,
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum());
    }

    /** Those of both parts together. */
    public Moments merge(Moments other) {
        long all = count + other.count;
        if (all == 0) {
            return NONE;
        }
        double difference = other.mean - mean;
        double share = (double) other.count / all;
        return new Moments(
                all, mean + difference * share, squares + other.squares + difference * difference * count * share);
    }

    /** The mean, which no numbers do not have. */
    double meanOrNaN() {
        return count == 0 ? Double.NaN : mean;
    }
}
