package io.percolate.diffusion.process;

import io.percolate.diffusion.process.BetaSchedule.Linear;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;

/**
 * What a denoising network was trained on: the part of a model that no sampler may change.
 *
 * @param betas the noise added at every timestep
 * @param trainSteps number of timesteps T
 * @param prediction what the network predicts
 */
public record DiffusionProcess(BetaSchedule betas, int trainSteps, Prediction prediction) {

    public DiffusionProcess {
        if (trainSteps < 1) {
            throw new IllegalArgumentException(trainSteps + " timesteps: at least one is needed");
        }
    }

    /** What Stable Diffusion 1 was trained on. */
    public static DiffusionProcess stableDiffusion() {
        return new DiffusionProcess(new ScaledLinear(0.00085, 0.012), 1000, Prediction.EPSILON);
    }

    /** What Ho et al. 2020 trained on. */
    public static DiffusionProcess ddpm() {
        return new DiffusionProcess(new Linear(1e-4, 0.02), 1000, Prediction.EPSILON);
    }

    /** This process with a network that predicts another quantity. */
    public DiffusionProcess withPrediction(Prediction other) {
        return new DiffusionProcess(betas, trainSteps, other);
    }

    /** The noise schedule. */
    public NoiseSchedule schedule() {
        return NoiseSchedule.of(betas, trainSteps);
    }
}
