package io.percolate.pipeline.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the bits of a bound go (Ho et al. 2020, section 4.3).
 *
 * @param images number of images
 * @param points from the most noise to the least
 * @param autoencoder what the autoencoder by itself takes and leaves: the divergence of its posterior from the standard
 *     normal distribution, and the error of its reconstructions; null for pixels
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RateReport(int images, List<RatePoint> points, @Nullable RatePoint autoencoder) {

    /** Root mean square errors, in levels of 255, that are hard to see. */
    public static final double IMPERCEPTIBLE = 5;

    public RateReport {
        points = List.copyOf(points);
    }

    /** All bits but those of timestep 0. */
    private double whole() {
        return points.get(points.size() - 1).rate();
    }

    /** The share of the bits that is sent when the error is already {@link #IMPERCEPTIBLE}; 0 if it never is. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public double imperceptibleShare() {
        return points.stream()
                .filter(point -> point.distortion() < IMPERCEPTIBLE)
                .findFirst()
                .map(point -> 1 - point.rate() / whole())
                .orElse(0.0);
    }

    /** The same as a sentence. */
    public String summary() {
        RatePoint end = points.get(points.size() - 1);
        if (end.distortion() >= IMPERCEPTIBLE) {
            return String.format(
                    Locale.ROOT,
                    "after %.2f bits per dimension the predicted image is still %.1f of 255 levels from the real one",
                    whole(),
                    end.distortion());
        }
        return String.format(
                Locale.ROOT,
                "%.0f %% of %.2f bits per dimension buy detail that is hard to see: they are sent when the predicted"
                        + " image is already less than %.0f of 255 levels from the real one",
                100 * imperceptibleShare(),
                whole(),
                IMPERCEPTIBLE);
    }
}
