package io.percolate.conditioning.guidance;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.DenoiserInputs;

/** A denoising network that is told more than the timestep: a {@link io.percolate.diffusion.process.Denoiser} once that is fixed. */
@FunctionalInterface
public interface ConditionalDenoiser {

    /**
     * Runs the network.
     *
     * @param x noisy images or latents (B,C,H,W)
     * @param timestep the timestep of all images
     * @param conditions a row for each image
     * @return the raw output, of x's shape
     */
    NDArray predict(NDArray x, double timestep, DenoiserInputs conditions);
}
