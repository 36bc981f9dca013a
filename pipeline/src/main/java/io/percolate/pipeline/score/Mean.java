package io.percolate.pipeline.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.percolate.pipeline.evaluation.Moments;
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
        return of(Moments.of(values));
    }

    static Mean of(Moments values) {
        long count = values.count();
        return new Mean(
                count == 0 ? Double.NaN : values.mean(),
                count < 2 ? null : Math.sqrt(values.squares() / (count - 1) / count));
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
