package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.List;

/**
 * What a denoising network is trained to make small: the weighted mean squared error of its prediction.
 *
 * @param schedule the noise schedule
 * @param prediction what the network says
 * @param weighting how much each timestep counts
 */
public record DiffusionLoss(NoiseSchedule schedule, Prediction prediction, LossWeighting weighting) {

    /** What the network should predict for {@code x0} (B,...) with {@code noise} added at {@code timesteps} (B). */
    public NDArray target(NDArray x0, NDArray noise, NDArray timesteps) {
        return prediction.target(schedule, x0, noise, timesteps);
    }

    /**
     * The weighted mean squared error of one batch, a scalar of the target's type.
     *
     * @param output what the network predicted, in any element type
     * @param target what it should have predicted (B,...)
     * @param timesteps (B), whole or between two
     */
    public NDArray mse(NDArray output, NDArray target, NDArray timesteps) {
        return Scope.keep(() -> errors(output, target, timesteps).mean());
    }

    /**
     * The same where the error of each image counts as {@code importance} (B) says, 1 for each being as usual.
     */
    public NDArray mse(NDArray output, NDArray target, NDArray timesteps, List<Double> importance) {
        return Scope.keep(() -> WeightedMean.of(errors(output, target, timesteps), importance));
    }

    private NDArray errors(NDArray output, NDArray target, NDArray timesteps) {
        return Aten.like(output, target).sub(target).square().mul(weights(timesteps, target));
    }

    private NDArray weights(NDArray timesteps, NDArray like) {
        return NoiseSchedule.gather(t -> weighting.weight(prediction, schedule, t), timesteps, like);
    }
}
