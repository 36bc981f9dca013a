package io.percolate.diffusion.process;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;

/**
 * What makes a network a consistency function: at timestep 0 it gives its input, and the more noise there is, the more its
 * own clean image counts: f(x, t) = c_skip(t) x + c_out(t) x0 (Song et al. 2023, eq. 5; Luo et al. 2023, eq. 9).
 *
 * @param timestepScaling how quickly the input gives way to the network as timesteps grow
 */
public record BoundaryCondition(double timestepScaling) {

    /** That of published latent consistency models. */
    public static final BoundaryCondition PUBLISHED = new BoundaryCondition(10);

    /** Standard deviation of the data that it assumes. */
    private static final double SIGMA_DATA = 0.5;

    /** f of x (B,...) at {@code timestep}, where the network's clean image is x0. */
    public NDArray apply(NDArray x, NDArray x0, double timestep) {
        return axpby(skip(timestep), x, out(timestep), x0);
    }

    /** The same with a timestep (B) for each image. */
    public NDArray apply(NDArray x, NDArray x0, NDArray timesteps) {
        return Scope.keep(() -> x.mul(NoiseSchedule.gather(this::skip, timesteps, x))
                .add(x0.mul(NoiseSchedule.gather(this::out, timesteps, x))));
    }

    private double skip(double timestep) {
        double share = SIGMA_DATA / distance(timestep);
        return share * share;
    }

    private double out(double timestep) {
        return timestep * timestepScaling / distance(timestep);
    }

    private double distance(double timestep) {
        return Math.hypot(timestep * timestepScaling, SIGMA_DATA);
    }
}
