package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a set of images is from real ones by what a network sees in them.
 *
 * @param network whose features these are: numbers of two networks cannot be compared
 * @param images in the smaller of the two sets
 * @param features of each image
 * @param frechet {@linkplain FrechetDistance Frechet distance}, or null if there are too few images for so many features
 * @param kernel {@linkplain KernelDistance kernel distance}
 * @param precision share of the images that lies among the real ones, see {@link Manifold}
 * @param recall share of the real ones that lies among the images
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeatureMetrics(
        String network,
        long images,
        long features,
        @Nullable Double frechet,
        double kernel,
        double precision,
        double recall) {

    /** Fewest images of each set: each needs neighbours. */
    public static final int FEWEST = Manifold.NEIGHBOURS + 1;

    /**
     * Compares features float64 (N,D) and (M,D), at least {@link #FEWEST} of each.
     *
     * @param network the name of the network that they come from
     */
    public static FeatureMetrics between(NDArray real, NDArray other, String network) {
        long images = Math.min(real.getShape().get(0), other.getShape().get(0));
        long features = real.getShape().get(1);
        return new FeatureMetrics(
                network,
                images,
                features,
                FrechetDistance.isDefined(images, features) ? FrechetDistance.between(real, other) : null,
                KernelDistance.DEFAULT.between(real, other),
                Manifold.share(real, other, Manifold.NEIGHBOURS),
                Manifold.share(other, real, Manifold.NEIGHBOURS));
    }

    /** Why there is no Frechet distance, if there is none. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public @Nullable String missing() {
        return frechet == null ? FrechetDistance.missing(images, features) : null;
    }

    /** In words, for a table. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s, kernel distance x 1000: %.2f, precision %.2f, recall %.2f (%d images, %d features of %s)",
                frechet == null ? missing() : String.format(Locale.ROOT, "Frechet distance %.3f", frechet),
                1000 * kernel,
                precision,
                recall,
                images,
                features,
                network);
    }
}
