package io.percolate.diffusion.sde;

import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;

/**
 * dx = -beta/2 x dt + sqrt(beta) dw (Song et al. 2021, eq. 11): the limit of Ho et al. 2020 for ever more steps, which
 * keeps data of unit variance at unit variance.
 *
 * @param betaStart beta(0), noise added per unit of time
 * @param betaEnd beta(1); beta rises along a line
 */
public record VariancePreserving(double betaStart, double betaEnd) implements Sde {

    /** That of Song et al. 2021, appendix C. */
    public static final VariancePreserving DEFAULT = new VariancePreserving(0.1, 20);

    public VariancePreserving {
        new LinearBeta(betaStart, betaEnd);
    }

    /** The one that begins and ends as {@code schedule} does, whatever way that takes between. */
    public static VariancePreserving of(NoiseSchedule schedule) {
        NoiseLevel last = schedule.finite().level(schedule.steps() - 1);
        double start = schedule.beta(0) * schedule.steps();
        LinearBeta beta = LinearBeta.ofTotal(start, Math.log1p(last.sigma() * last.sigma()));
        return new VariancePreserving(beta.start(), beta.end());
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
        return Math.sqrt(beta().at(time));
    }

    @Override
    public Marginal marginal(double time) {
        double integral = beta().integral(time);
        return new Marginal(Math.exp(-0.5 * integral), Math.sqrt(-Math.expm1(-integral)));
    }

    @Override
    public double timeOf(double sigma) {
        return beta().timeOf(Math.log1p(sigma * sigma));
    }

    @Override
    public double priorStd() {
        return 1;
    }
}
