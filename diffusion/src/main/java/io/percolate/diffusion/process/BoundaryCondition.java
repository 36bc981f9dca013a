package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;

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
        return at(timestep).of(x, x0);
    }

    /** The same with a timestep (B) for each image. */
    public NDArray apply(NDArray x, NDArray x0, NDArray timesteps) {
        return Mixture.of(x, x0, timesteps, this::at);
    }

    /** c_skip and c_out. */
    private Mixture at(double timestep) {
        double time = timestep * timestepScaling;
        double distance = Math.hypot(time, SIGMA_DATA);
        double share = SIGMA_DATA / distance;
        return new Mixture(share * share, time / distance);
    }
}
