package io.percolate.diffusion.samplers;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.Estimate;
import io.percolate.diffusion.Estimator;
import io.percolate.diffusion.NoiseLevel;
import io.percolate.nn.Aten;

/** A solver of the ordinary differential equation dx/dsigma = (x - x0) / sigma (Karras et al. 2022, eq. 3). */
interface SigmaSampler extends Sampler {

    @Override
    default Space space() {
        return Space.VARIANCE_EXPLODING;
    }

    @Override
    default Steps plan(Discretisation levels, int count, int skipped) {
        return Steps.between(levels.levels(count), count).from(skipped);
    }

    /** sigma where the timesteps start at pure noise; else the image that is not there counts as one more. */
    @Override
    default double initialNoise(Discretisation levels, int count) {
        double sigma = levels.levels(count).get(0).sigma();
        return levels.placement().spacing() == TimestepSpacing.LEADING ? Math.hypot(sigma, 1) : sigma;
    }

    /** The network's clean image for x0 + sigma epsilon. */
    default NDArray x0(Estimator model, NDArray x, NoiseLevel level) {
        Estimate estimate = model.estimate(space().toModel(x, level), level);
        return estimate.x0();
    }

    /** dx/dsigma at x. */
    default NDArray derivative(Estimator model, NDArray x, NoiseLevel level) {
        return Aten.scale(x.sub(x0(model, x, level)), 1 / level.sigma());
    }
}
