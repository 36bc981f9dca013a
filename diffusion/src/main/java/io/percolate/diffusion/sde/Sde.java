package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.nn.engine.Aten;
import java.util.function.DoubleUnaryOperator;

/**
 * The forward process in continuous time, dx = f(t) x dt + g(t) dw for t from 0 to 1 (Song et al. 2021, eq. 5), which
 * turns data into noise of a known distribution, the prior.
 *
 * <p>All three are linear, so that x_t given x0 is normal ({@link #marginal}), and x_1 very nearly independent of x0.
 */
public sealed interface Sde permits VariancePreserving, SubVariancePreserving, VarianceExploding {

    /** f(t): the drift is f(t) x. */
    double driftFactor(double time);

    /** g(t), the diffusion coefficient. */
    double diffusion(double time);

    /** The distribution of x_t given x0. */
    Marginal marginal(double time);

    /** The time at which noise is {@code sigma} relative to signal: the inverse of {@link Marginal#sigma}. */
    double timeOf(double sigma);

    /** The timestep, by time, of a network trained on {@code schedule} with as much noise relative to signal; it may be between two. */
    default DoubleUnaryOperator timesteps(NoiseSchedule schedule) {
        NoiseSchedule finite = schedule.finite();
        return time -> finite.timestepOf(marginal(time).sigma());
    }

    /** Standard deviation of the prior, a normal distribution of mean 0. */
    double priorStd();

    /** The drift f(t) x. */
    default NDArray drift(NDArray x, double time) {
        return Aten.scale(x, driftFactor(time));
    }

    /** x_t of {@code x0} with standard normal {@code noise} of its shape. */
    default NDArray addNoise(NDArray x0, NDArray noise, double time) {
        Marginal marginal = marginal(time);
        return Aten.axpby(marginal.alpha(), x0, marginal.std(), noise);
    }

    /** A sample of the prior made of standard normal {@code noise}. */
    default NDArray prior(NDArray noise) {
        return Aten.scale(noise, priorStd());
    }

    /** The prior's log-density in nats, of {@code dimensions} numbers whose squares add up to {@code squares}. */
    default double priorLogDensity(double squares, long dimensions) {
        double variance = priorStd() * priorStd();
        return -0.5 * (dimensions * Math.log(2 * Math.PI * variance) + squares / variance);
    }
}
