package io.percolate.diffusion.samplers;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.nn.engine.Aten;

/** A solver of the ordinary differential equation dx/dsigma = (x - x0) / sigma (Karras et al. 2022, eq. 3). */
interface SigmaSampler extends Sampler {

    @Override
    default NoiseScaling scaling() {
        return NoiseScaling.VARIANCE_EXPLODING;
    }

    @Override
    default Steps plan(SigmaSchedule schedule, int count, int skipped) {
        return Steps.between(schedule.levels(count), count).from(skipped);
    }

    /** sigma where the timesteps start at pure noise; else the image that is not there counts as one more. */
    @Override
    default double initialNoise(SigmaSchedule schedule, int count) {
        double sigma = schedule.levels(count).get(0).sigma();
        return schedule.timestepSchedule().spacing() == TimestepSpacing.LEADING ? Math.hypot(sigma, 1) : sigma;
    }

    /** The network's clean image for x0 + sigma epsilon. */
    default NDArray x0(DenoisedPredictor model, NDArray x, NoiseLevel level) {
        DenoisedPrediction prediction = model.predict(scaling().toModel(x, level), level);
        return prediction.x0();
    }

    /** dx/dsigma at x. */
    default NDArray derivative(DenoisedPredictor model, NDArray x, NoiseLevel level) {
        return Aten.scale(x.sub(x0(model, x, level)), 1 / level.sigma());
    }
}
