package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.evaluation.features.FeatureStatistics;
import io.percolate.pipeline.evaluation.features.FrechetDistance;
import java.util.Locale;
import java.util.Optional;

/**
 * How far generated images are from real ones, by the mean and covariance of their features.
 *
 * @param images in the smaller of the two sets
 * @param features of each image
 * @param frechet {@linkplain FrechetDistance Frechet distance}
 */
public record Frechet(long images, long features, double frechet) implements Measurement {

    /** Nothing if there are too few images for so many features. */
    static Optional<Frechet> of(FeatureStatistics real, FeatureStatistics other) {
        long images = Math.min(real.count(), other.count());
        return images > 0 && FrechetDistance.isDefined(images, real.features())
                ? Optional.of(new Frechet(images, real.features(), FrechetDistance.between(real, other)))
                : Optional.empty();
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "Frechet distance %.3f (%d images, %d features)", frechet, images, features);
    }
}
