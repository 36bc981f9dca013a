package io.percolate.diffusion.process;

/**
 * One point of the diffusion process: x_t = alpha x0 + std epsilon, with alpha^2 + std^2 = 1.
 *
 * @param timestep the timestep that the network takes; fractional between two training steps
 * @param sigma noise relative to signal, std / alpha = sqrt((1 - alphaBar) / alphaBar); 0 is a clean image
 *     and infinity pure noise
 */
public record NoiseLevel(double timestep, double sigma) {

    /** No noise at all. */
    public static final NoiseLevel CLEAN = new NoiseLevel(0, 0);

    public NoiseLevel {
        if (!(sigma >= 0)) {
            throw new IllegalArgumentException("sigma " + sigma + " is negative or not a number");
        }
    }

    /** The level at which the squared signal is {@code alphaCumprod}. */
    public static NoiseLevel of(double timestep, double alphaCumprod) {
        return new NoiseLevel(timestep, Math.sqrt((1 - alphaCumprod) / alphaCumprod));
    }

    /** Factor of the clean image: sqrt(alphaBar). */
    public double alpha() {
        return 1 / Math.hypot(1, sigma);
    }

    /** Factor of the noise: sqrt(1 - alphaBar). */
    public double std() {
        return Double.isInfinite(sigma) ? 1 : sigma / Math.hypot(1, sigma);
    }

    /** Signal-to-noise ratio alphaBar / (1 - alphaBar). */
    public double snr() {
        return 1 / (sigma * sigma);
    }

    /** Half the log of the signal-to-noise ratio, log(alpha / std) (Lu et al. 2022, section 2.2). */
    public double lambda() {
        return -Math.log(sigma);
    }
}
