package io.percolate.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.percolate.pipeline.evaluation.features.NearestImages.Match;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model copies what it was trained on: how far images are from the nearest trained one. Copies are much nearer
 * than real images that the model has not seen.
 *
 * @param images number of images
 * @param distance median distance to the nearest trained image: root mean square error in levels of 255, pixel by pixel
 * @param distanceOfRealImages the same of real images that were held out, or null if there are none
 * @param closest the smallest of these distances
 * @param closestFile the trained image at that distance
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Originality(
        int images, double distance, @Nullable Double distanceOfRealImages, double closest, String closestFile)
        implements Measurement {

    /**
     * Summarises what was found.
     *
     * @param generated the nearest trained image of each generated one, at least one
     * @param real the same of real images that were held out; may be empty
     */
    public static Originality of(List<Match> generated, List<Match> real) {
        Match closest = generated.stream()
                .min(Comparator.comparingDouble(Match::distance))
                .orElseThrow();
        return new Originality(
                generated.size(),
                median(generated),
                real.isEmpty() ? null : median(real),
                closest.distance(),
                String.valueOf(closest.entry().file().getFileName()));
    }

    @Override
    public String summary() {
        String real = distanceOfRealImages == null
                ? ""
                : String.format(Locale.ROOT, ", of held-out real images %.1f", distanceOfRealImages);
        return String.format(
                Locale.ROOT,
                "median distance to the nearest trained image %.1f of 255%s; the closest %.1f to %s",
                distance,
                real,
                closest,
                closestFile);
    }

    private static double median(List<Match> matches) {
        double[] sorted = matches.stream().mapToDouble(Match::distance).sorted().toArray();
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
