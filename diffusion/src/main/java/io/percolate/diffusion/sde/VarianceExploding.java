package io.percolate.diffusion.sde;

import io.percolate.diffusion.process.NoiseSchedule;

/**
 * dx = sigma(t) sqrt(2 log(sigmaMax / sigmaMin)) dw with sigma(t) = sigmaMin (sigmaMax / sigmaMin)^t (Song et al. 2021,
 * eq. 9 and 30): noise is added to data that keep their scale. x_0 has noise of sigmaMin already.
 *
 * @param sigmaMin standard deviation of the noise at time 0
 * @param sigmaMax standard deviation of the noise at time 1, many times that of the data
 */
public record VarianceExploding(double sigmaMin, double sigmaMax) implements Sde {

    /** That of Song et al. 2021, appendix C, for pixels in [-1, 1]. */
    public static final VarianceExploding DEFAULT = new VarianceExploding(0.01, 50);

    public VarianceExploding {
        if (!(0 < sigmaMin && sigmaMin < sigmaMax && Double.isFinite(sigmaMax))) {
            throw new IllegalArgumentException("sigma from " + sigmaMin + " to " + sigmaMax + " must rise above 0");
        }
    }

    /** The one that begins and ends with as much noise relative to signal as {@code schedule} does. */
    public static VarianceExploding of(NoiseSchedule schedule) {
        return new VarianceExploding(
                schedule.level(0).sigma(),
                schedule.finite().level(schedule.steps() - 1).sigma());
    }

    private double logRatio() {
        return Math.log(sigmaMax / sigmaMin);
    }

    private double sigma(double time) {
        return sigmaMin * Math.exp(time * logRatio());
    }

    @Override
    public double driftFactor(double time) {
        return 0;
    }

    @Override
    public double diffusion(double time) {
        return sigma(time) * Math.sqrt(2 * logRatio());
    }

    @Override
    public Marginal marginal(double time) {
        return new Marginal(1, sigma(time));
    }

    @Override
    public double timeOf(double sigma) {
        return Math.log(sigma / sigmaMin) / logRatio();
    }

    @Override
    public double priorStd() {
        return sigmaMax;
    }
}
