package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;

/**
 * The network, as a function of a noisy image.
 *
 * <p>The input is x_t in the scale of training, alpha x0 + std epsilon, whichever sampler runs. The output is what the
 * network was trained to predict: epsilon, v or x0; {@link Prediction} knows which. Whatever acts on the raw output, such
 * as guidance, wraps a Denoiser and is one. {@link Prediction#predictor} turns it into the {@link DenoisedPredictor} that
 * samplers take.
 */
@FunctionalInterface
public interface Denoiser {

    /**
     * Runs the network.
     *
     * @param x noisy images or latents (B,C,H,W)
     * @param timestep the timestep of all images, 0 to T-1; fractional when a sampler chooses its own sigmas
     * @return the raw output, of x's shape; its element type may be that of the network
     */
    NDArray predict(NDArray x, double timestep);
}
