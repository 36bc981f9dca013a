package io.percolate.vae.losses;

import java.util.random.RandomGenerator;

/**
 * EQ-regularisation (Kouzelis et al. 2025, eq. 5): in some steps latents are shrunk and turned before they are decoded,
 * and what they decode to is compared with the image shrunk and turned alike. Latents become smoother, and easier to
 * diffuse.
 *
 * @param probability share of the steps that do so
 * @param smallest smallest side of a shrunk image in pixels; it is never less than a quarter of the image's
 */
public record Equivariance(double probability, int smallest) {

    /** Latents as they are. */
    public static final Equivariance NONE = new Equivariance(0, 1);

    private static final double LEAST_SCALE = 0.25;

    public Equivariance {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a share of " + probability + " of the steps is outside [0, 1]");
        }
    }

    /** The transform of one step, for images whose smaller side has so many pixels. */
    public SpatialTransform next(long side, RandomGenerator random) {
        if (probability == 0 || random.nextDouble() >= probability) {
            return SpatialTransform.NONE;
        }
        double least = Math.min(1, Math.max(LEAST_SCALE, (double) smallest / side));
        return new SpatialTransform(least + (1 - least) * random.nextDouble(), random.nextInt(4));
    }
}
