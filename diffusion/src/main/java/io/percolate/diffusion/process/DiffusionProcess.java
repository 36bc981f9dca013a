package io.percolate.diffusion.process;

import io.percolate.diffusion.process.BetaSchedule.Linear;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;

/**
 * What a denoising network was trained on: the part of a model that no sampler may change.
 *
 * <p>A schedule that ends at zero SNR is refused for networks that predict epsilon: at pure noise epsilon is the input
 * itself and says nothing of the image, so no x0 can be computed (Lin et al. 2024, section 3.2).
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
        boolean endsInPureNoise = NoiseSchedule.of(betas, trainSteps).snr(trainSteps - 1) == 0;
        if (prediction == Prediction.EPSILON && endsInPureNoise) {
            throw new IllegalArgumentException("epsilon prediction, but the schedule ends at zero SNR, where epsilon"
                    + " says nothing of the image: take v_prediction, or leave rescale_betas_zero_snr out");
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
