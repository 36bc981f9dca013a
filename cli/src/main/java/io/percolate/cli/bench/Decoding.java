package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Layer;
import io.percolate.pipeline.model.CodecConfig;
import io.percolate.pipeline.model.ImageCodec;

/** Latents to pixels. */
final class Decoding implements Workload {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final ImageCodec codec;
    private final NDArray latents;
    private Layer network;

    Decoding(CodecConfig config, Inputs inputs) {
        codec = config.codec(empty -> network = inputs.prepacked(empty, manager));
        latents = inputs.latents(config, manager);
    }

    @Override
    public Layer network() {
        return network;
    }

    @Override
    public void step() {
        Gradients.off(() -> codec.decode(latents)).close();
    }

    @Override
    public String input() {
        return "latents " + latents.getShape();
    }

    @Override
    public void close() {
        network.close();
        manager.close();
    }
}
