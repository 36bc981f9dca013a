package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.nn.engine.Aten;

/** Independent normal data, of which everything is known in closed form. */
record GaussianData(double mean, double std) {

    /** The score of x_t. */
    Score score(Sde sde) {
        return (x, time) -> Aten.affine(x, -1 / variance(sde, time), mean(sde, time) / variance(sde, time));
    }

    double mean(Sde sde, double time) {
        return sde.marginal(time).alpha() * mean;
    }

    double variance(Sde sde, double time) {
        Marginal marginal = sde.marginal(time);
        return Math.pow(marginal.alpha() * std, 2) + Math.pow(marginal.std(), 2);
    }

    /** The best network in the scale of variance-preserving training. */
    DenoisedPredictor network() {
        return (x, level) -> {
            double variance = Math.pow(level.alpha() * std, 2) + Math.pow(level.std(), 2);
            NDArray epsilon = Aten.affine(x, level.std() / variance, -level.std() * level.alpha() * mean / variance);
            return new DenoisedPrediction(x, () -> epsilon);
        };
    }

    /** What the flow makes of {@code x} at time {@code from} at time {@code to}: mean goes to mean, std to std. */
    double flow(Sde sde, double x, double from, double to) {
        return mean(sde, to) + Math.sqrt(variance(sde, to) / variance(sde, from)) * (x - mean(sde, from));
    }

    /** The log-density of {@code x} at {@code time} that flow and prior give. */
    double logDensity(Sde sde, double x, double time) {
        double noise = flow(sde, x, time, 1);
        return sde.priorLogDensity(noise * noise, 1) + 0.5 * Math.log(variance(sde, 1) / variance(sde, time));
    }
}
