package io.percolate.conditioning.guidance;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.DenoiserInputs;

/**
 * A denoising network that also takes prompts or classes; with those fixed, it is a {@link
 * io.percolate.diffusion.process.Denoiser}.
 */
@FunctionalInterface
public interface ConditionalDenoiser {

    /**
     * Runs the network.
     *
     * @param x noisy images or latents (B,C,H,W)
     * @param timestep the timestep of all images
     * @param inputs what else the network takes, a row for each image
     * @return the raw output, of x's shape
     */
    NDArray predict(NDArray x, double timestep, DenoiserInputs inputs);
}
