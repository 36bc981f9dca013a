package io.percolate.diffusion.process;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/**
 * The diffusion process in continuous time, dx = -beta(t)/2 x dt + sqrt(beta(t)) dw for t from 0 to 1, with
 * beta rising along a line (variance-preserving SDE; Song et al. 2021, eq. 11).
 *
 * @param betaStart beta(0)
 * @param betaEnd beta(1)
 */
public record Sde(double betaStart, double betaEnd) {

    public Sde {
        if (!(0 <= betaStart && betaStart <= betaEnd)) {
            throw new IllegalArgumentException(
                    "beta from " + betaStart + " to " + betaEnd + " does not rise from 0 up");
        }
    }

    /** The limit of a linear schedule for ever more steps. */
    public static Sde of(BetaSchedule.Linear betas, int steps) {
        return new Sde(betas.start() * steps, betas.end() * steps);
    }

    /** Noise added per unit of time. */
    public double beta(double time) {
        return betaStart + time * (betaEnd - betaStart);
    }

    /** alphaBar: the squared factor of x0 in the mean of x_t (Song et al. 2021, eq. 33). */
    public double alphaCumprod(double time) {
        return Math.exp(-time * (betaStart + 0.5 * time * (betaEnd - betaStart)));
    }

    /** Mean factor and standard deviation of x_t given x0; its timestep is that of a network trained on T steps. */
    public NoiseLevel level(double time, int steps) {
        return NoiseLevel.of(time * (steps - 1), alphaCumprod(time));
    }

    /** The drift -beta/2 x. */
    public NDArray drift(NDArray x, double time) {
        return Aten.scale(x, -0.5 * beta(time));
    }

    /** The diffusion coefficient sqrt(beta). */
    public double diffusion(double time) {
        return Math.sqrt(beta(time));
    }

    /**
     * dx/dt of the ordinary differential equation with the same marginals, drift - beta/2 score (Song et al.
     * 2021, eq. 13), where the score is -epsilon / std.
     *
     * @param model a network trained on {@code steps} timesteps
     */
    public NDArray probabilityFlow(DenoisedPredictor model, NDArray x, double time, int steps) {
        NoiseLevel level = level(time, steps);
        double half = 0.5 * beta(time);
        return Scope.keep(() ->
                axpby(-half, x, half / level.std(), model.predict(x, level).epsilon()));
    }

    /** The schedule of T steps that this process goes over into. */
    public NoiseSchedule discretised(int steps) {
        double[] betas = new double[steps];
        for (int i = 0; i < steps; i++) {
            betas[i] = beta((double) i / (steps - 1)) / steps;
        }
        return NoiseSchedule.ofBetas(betas);
    }
}
