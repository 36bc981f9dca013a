package io.percolate.pipeline.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mean over images.
 *
 * @param value the mean
 * @param standardError of the mean; null if there is one image alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mean(double value, @Nullable Double standardError) {

    static Mean of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        int count = values.length;
        return new Mean(mean, count < 2 ? null : Math.sqrt(squares / (count - 1) / count));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f", value) + error(standardError);
    }

    /** How a standard error is told after a number. */
    static String error(@Nullable Double error) {
        return error == null ? "" : String.format(Locale.ROOT, " +- %.4f", error);
    }
}
