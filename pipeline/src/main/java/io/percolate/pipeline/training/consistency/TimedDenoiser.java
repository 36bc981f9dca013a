package io.percolate.pipeline.training.consistency;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;

/**
 * A denoiser of images that each have a timestep of their own, (B).
 *
 * @param network the denoiser
 * @param prediction what it predicts
 * @param schedule its noise schedule
 * @param precision what it computes in
 */
record TimedDenoiser(UNet network, Prediction prediction, NoiseSchedule schedule, Precision precision) {

    TimedDenoiser(UNet network, DiffusionProcess process, Precision precision) {
        this(network, process.prediction(), process.schedule(), precision);
    }

    /** What the network says of x (B,C,h,w), in float32. */
    NDArray output(NDArray x, NDArray timesteps, DenoiserInputs inputs) {
        return network.forward(Aten.to(x, precision), timesteps, inputs);
    }

    NDArray x0(NDArray output, NDArray x, NDArray timesteps) {
        return prediction.x0(output, x, schedule, timesteps);
    }

    NDArray epsilon(NDArray output, NDArray x, NDArray timesteps) {
        return prediction.epsilon(output, x, schedule, timesteps);
    }
}
