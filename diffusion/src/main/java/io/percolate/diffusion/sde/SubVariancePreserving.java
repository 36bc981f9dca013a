package io.percolate.diffusion.sde;

import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;

/**
 * dx = -beta/2 x dt + sqrt(beta (1 - exp(-2 B))) dw, B being the integral of beta (Song et al. 2021, section 3.4): as
 * {@link VariancePreserving}, with less noise at every time, for better likelihoods.
 *
 * @param betaStart beta(0)
 * @param betaEnd beta(1); beta rises along a line
 */
public record SubVariancePreserving(double betaStart, double betaEnd) implements Sde {

    /** That of Song et al. 2021, appendix C. */
    public static final SubVariancePreserving DEFAULT = new SubVariancePreserving(0.1, 20);

    public SubVariancePreserving {
        new LinearBeta(betaStart, betaEnd);
    }

    /** The one that ends with as much noise relative to signal as {@code schedule} does. */
    public static SubVariancePreserving of(NoiseSchedule schedule) {
        NoiseLevel last = schedule.finite().level(schedule.steps() - 1);
        LinearBeta beta = LinearBeta.ofTotal(schedule.beta(0) * schedule.steps(), integral(last.sigma()));
        return new SubVariancePreserving(beta.start(), beta.end());
    }

    private LinearBeta beta() {
        return new LinearBeta(betaStart, betaEnd);
    }

    @Override
    public double driftFactor(double time) {
        return -0.5 * beta().at(time);
    }

    @Override
    public double diffusion(double time) {
        return Math.sqrt(beta().at(time) * -Math.expm1(-2 * beta().integral(time)));
    }

    @Override
    public Marginal marginal(double time) {
        double integral = beta().integral(time);
        return new Marginal(Math.exp(-0.5 * integral), -Math.expm1(-integral));
    }

    @Override
    public double timeOf(double sigma) {
        return beta().timeOf(integral(sigma));
    }

    /** sigma is 2 sinh(B/2); this is B by the inverse of it. */
    private static double integral(double sigma) {
        double half = sigma / 2;
        return 2 * (half < 1e-8 ? half : Math.log(half + Math.hypot(half, 1)));
    }

    @Override
    public double priorStd() {
        return 1;
    }
}
