package io.percolate.diffusion.sde;

/**
 * The distribution of x_t given x0, normal with mean alpha x0 and standard deviation std.
 *
 * @param alpha factor of x0, above 0
 * @param std standard deviation of the noise
 */
public record Marginal(double alpha, double std) {

    /** Noise relative to signal, std / alpha. */
    public double sigma() {
        return std / alpha;
    }
}
