package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;

/** Latents to pixels. */
final class Decoding implements Workload {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final AutoencoderKl vae;
    private final NDArray latents;

    Decoding(VaeConfig config, Inputs inputs) {
        vae = inputs.prepacked(new AutoencoderKl(config), manager);
        latents = inputs.latents(config, manager);
    }

    @Override
    public AutoencoderKl network() {
        return vae;
    }

    @Override
    public void step() {
        Gradients.off(() -> vae.decode(latents)).close();
    }

    @Override
    public String input() {
        return "latents " + latents.getShape();
    }

    @Override
    public void close() {
        vae.close();
        manager.close();
    }
}
