package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.encoder.ClipTextEncoder;
import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;

/** Prompts of full length to what a denoiser attends to. */
final class TextEncoding implements Workload {

    private final NDManager manager = TorchEngine.newManager(Device.cpu());
    private final ClipTextEncoder encoder;
    private final NDArray ids;
    private final Precision precision;

    TextEncoding(TextEncoderConfig config, Inputs inputs) {
        precision = inputs.precision();
        encoder = inputs.prepacked(new ClipTextEncoder(config), manager);
        ids = manager.ones(new Shape(inputs.batch(), config.positionCount()), DataType.INT64);
    }

    @Override
    public ClipTextEncoder network() {
        return encoder;
    }

    @Override
    public void step() {
        Scope.run(() -> Gradients.off(() -> encoder.forward(ids, precision)));
    }

    @Override
    public String input() {
        return "tokens " + ids.getShape();
    }

    @Override
    public void close() {
        encoder.close();
        manager.close();
    }
}
