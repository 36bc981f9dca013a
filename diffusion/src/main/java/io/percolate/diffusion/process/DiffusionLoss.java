package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/**
 * What a denoising network is trained to make small: the weighted mean squared error of its prediction.
 *
 * @param schedule the noise schedule
 * @param prediction what the network predicts
 * @param weighting how much each timestep counts
 */
public record DiffusionLoss(NoiseSchedule schedule, Prediction prediction, LossWeighting weighting) {

    /**
     * The loss of one batch, a scalar of the images' type.
     *
     * @param output what the network predicted for the result of {@link NoiseSchedule#addNoise}, in any element type
     * @param x0 images or latents (B,...)
     * @param noise what was added, like x0
     * @param timesteps whole numbers (B)
     */
    public NDArray of(NDArray output, NDArray x0, NDArray noise, NDArray timesteps) {
        return Scope.keep(() -> {
            NDArray target = prediction.target(schedule, x0, noise, timesteps);
            NDArray error = Aten.like(output, target).sub(target).square();
            return error.mul(weights(timesteps, target)).mean();
        });
    }

    private NDArray weights(NDArray timesteps, NDArray like) {
        return NoiseSchedule.gather(t -> weighting.weight(prediction, schedule.snr(t)), timesteps, like);
    }
}
