package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.function.DoubleFunction;

/**
 * In what shares two images, or what stands for images, add up to another.
 *
 * @param first share of the first
 * @param second share of the second
 */
record Mixture(double first, double second) {

    /** The second alone. */
    static final Mixture SECOND = new Mixture(0, 1);

    NDArray of(NDArray x, NDArray y) {
        return equals(SECOND) ? y : Aten.axpby(first, x, second, y);
    }

    /** The mixture of x and y (B,...), for each image as {@code at} says of its own timestep, of {@code timesteps} (B). */
    static NDArray of(NDArray x, NDArray y, NDArray timesteps, DoubleFunction<Mixture> at) {
        return Scope.keep(() -> x.mul(NoiseSchedule.gather(timestep -> at.apply(timestep).first, timesteps, x))
                .add(y.mul(NoiseSchedule.gather(timestep -> at.apply(timestep).second, timesteps, x))));
    }
}
