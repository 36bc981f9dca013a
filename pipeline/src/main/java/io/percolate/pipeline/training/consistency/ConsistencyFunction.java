package io.percolate.pipeline.training.consistency;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.BoundaryCondition;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Scope;

/**
 * f: from any point of a trajectory to where it ends, a clean image (Luo et al. 2023, eq. 9).
 *
 * @param denoiser the network in it
 */
record ConsistencyFunction(TimedDenoiser denoiser) {

    /** f of x (B,C,h,w) at {@code timesteps} (B), in float32. */
    NDArray apply(NDArray x, NDArray timesteps, DenoiserInputs inputs) {
        return Scope.keep(() -> {
            NDArray output = denoiser.output(x, timesteps, inputs);
            return BoundaryCondition.PUBLISHED.apply(x, denoiser.x0(output, x, timesteps), timesteps);
        });
    }
}
