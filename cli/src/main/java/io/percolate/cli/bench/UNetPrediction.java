package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;

/** One prediction of the noise. */
final class UNetPrediction implements Workload {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final UNet unet;
    private final NDArray latents;
    private final NDArray timesteps;
    private final DenoiserInputs conditions;

    UNetPrediction(UNetConfig config, Inputs inputs) {
        unet = inputs.prepacked(new UNet(config), manager);
        latents = inputs.latents(config, manager);
        timesteps = inputs.timesteps(manager);
        conditions = inputs.conditions(config, manager);
    }

    @Override
    public UNet network() {
        return unet;
    }

    @Override
    public void step() {
        Gradients.off(() -> unet.forward(latents, timesteps, conditions)).close();
    }

    @Override
    public String input() {
        return "latents " + latents.getShape();
    }

    @Override
    public void close() {
        unet.close();
        manager.close();
    }
}
