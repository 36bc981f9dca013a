package io.percolate.pipeline.comparison.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * A number over several seeds.
 *
 * @param mean of them
 * @param deviation standard deviation of them, 0 of a single one
 * @param count how many
 */
public record Spread(double mean, double deviation, int count) {

    static Spread of(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)), values.length);
    }

    /** Whether this is lower than {@code other} by more than both vary. */
    boolean isClearlyBelow(Spread other) {
        return mean + deviation < other.mean - other.deviation;
    }

    /** The mean in {@code format}, and the deviation if there is one. */
    String text(String format) {
        String text = String.format(Locale.ROOT, format, mean);
        return count == 1 ? text : text + " ± " + String.format(Locale.ROOT, format, deviation);
    }
}
