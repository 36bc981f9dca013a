package io.percolate.pipeline.evaluation.features;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchScript;
import java.nio.file.Path;

/**
 * A network in a TorchScript file whose features images are compared by. Its call is that of the published Inception
 * file of the Frechet distance, {@code inception-2015-12-05.pt}: images uint8 (B,3,H,W) and {@code
 * return_features=True}, to features (B,D). Thread-safe.
 */
public final class FeatureNetwork implements ImageFeatures {

    private static final int BATCH = 16;
    private static final int PROBE = 2;

    private final Path file;
    private final TorchScript network;
    private final Device device;

    private FeatureNetwork(Path file, TorchScript network, Device device) {
        this.file = file;
        this.network = network;
        this.device = device;
    }

    /**
     * Loads {@code file} to the device of {@code manager}, and tries its call on images of {@code side} x {@code side}.
     *
     * @throws IllegalArgumentException if it is no TorchScript file, or has another call
     */
    public static FeatureNetwork open(Path file, int side, NDManager manager) {
        FeatureNetwork network = new FeatureNetwork(file, TorchScript.open(file, manager), manager.getDevice());
        try {
            FeatureCall.require(file);
            Scope.run(() -> network.of(manager.zeros(new Shape(PROBE, 3, side, side))));
            return network;
        } catch (IllegalArgumentException otherCall) {
            network.close();
            throw otherCall;
        }
    }

    /** The name of the file. */
    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** Of images brought to 8 bits. */
    @Override
    public NDArray of(NDArray images) {
        return Gradients.off(() -> RowBlocks.map(images, BATCH, this::call));
    }

    private NDArray call(NDArray images) {
        NDArray levels = Aten.affine(Aten.clamp(images, -1, 1), 127.5, 127.5).round();
        NDArray features = forward(levels.toType(DataType.UINT8, false).toDevice(device, false));
        if (features.getShape().dimension() != 2
                || features.getShape().get(0) != images.getShape().get(0)) {
            throw new IllegalArgumentException(file + " gives " + features.getShape() + " for images "
                    + images.getShape() + ": give a file with the call " + FeatureCall.EXPECTED);
        }
        return features.toDevice(images.getDevice(), false).toType(DataType.FLOAT64, false);
    }

    private NDArray forward(NDArray levels) {
        try {
            return network.forward(levels, true);
        } catch (EngineException otherCall) {
            throw new IllegalArgumentException(
                    file + " cannot be called: give a file with the call " + FeatureCall.EXPECTED + "; the engine says "
                            + otherCall.getMessage(),
                    otherCall);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
