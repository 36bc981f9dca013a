package io.percolate.diffusion.samplers;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/**
 * A way from noise to an image: a function of the network, the noisy image, the steps and the noise.
 *
 * <p>All state of a run is local to {@link #sample}: a sampler may be used again and from many threads.
 */
public interface Sampler {

    /** The scale in which this sampler keeps its noisy image. */
    NoiseScaling scaling();

    /**
     * Plans a run.
     *
     * @param schedule the noise levels there are to choose from
     * @param count number of steps of a run from pure noise
     * @param skipped number of steps left out at the noisy end; more than 0 for image-to-image
     */
    Steps plan(SigmaSchedule schedule, int count, int skipped);

    /** Standard deviation of the noise that a run from pure noise starts with. */
    double initialNoise(SigmaSchedule schedule, int count);

    /**
     * Runs the steps.
     *
     * @param model the network
     * @param x noisy images or latents (B,C,H,W) in this sampler's {@link #scaling}; float32 or float64
     * @param steps made by one of the methods of that name
     * @param noise asked by stochastic samplers only
     * @return the image at the end of the last step, like x; intermediate arrays are freed
     */
    NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise);

    /** The plan of a run from pure noise. */
    default Steps steps(SigmaSchedule schedule, int count) {
        return plan(schedule, count, 0);
    }

    /**
     * The plan of a run from an image (Meng et al. 2022): the last {@code count * strength} steps, rounded down.
     *
     * @param strength above 0, keeping the image, to 1, forgetting it
     */
    default Steps steps(SigmaSchedule schedule, int count, double strength) {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength " + strength + " is not above 0 and at most 1");
        }
        int taken = (int) (count * strength);
        if (taken == 0) {
            throw new IllegalArgumentException("strength " + strength + " of " + count + " steps leaves no step: take "
                    + (int) Math.ceil(1 / strength) + " or more");
        }
        return plan(schedule, count, count - taken);
    }
}
