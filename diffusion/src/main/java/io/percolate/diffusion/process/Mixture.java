package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.function.DoubleFunction;

/**
 * What a network's output and its input are mixed to.
 *
 * @param input what the noisy image counts
 * @param output what the output counts
 */
record Mixture(double input, double output) {

    /** The output alone. */
    static final Mixture OUTPUT = new Mixture(0, 1);

    NDArray of(NDArray x, NDArray prediction) {
        return equals(OUTPUT) ? prediction : Aten.axpby(input, x, output, prediction);
    }

    /** The same for each image by its own timestep, of {@code timesteps} (B). */
    static NDArray of(NDArray x, NDArray prediction, NDArray timesteps, DoubleFunction<Mixture> mixture) {
        return Scope.keep(() -> x.mul(NoiseSchedule.gather(timestep -> mixture.apply(timestep).input, timesteps, x))
                .add(prediction.mul(NoiseSchedule.gather(timestep -> mixture.apply(timestep).output, timesteps, x))));
    }
}
