package io.percolate.pipeline.comparison.arms;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Generates with one pass of one network. Not thread-safe.
 *
 * @param count how many images there are to generate
 * @param manager owns the network
 * @param network what generates
 * @param image what it makes of a seed
 */
record PlainGenerator<L extends Layer>(int count, NDManager manager, L network, Images<L> image)
        implements ArmGenerator {

    private static final int CHANNELS = 3;

    /** What a network makes of a seed. */
    @FunctionalInterface
    interface Images<L> {
        /** The pixels (1,3,H,W) of {@code seed}, whatever it comes with. */
        NDArray of(L network, int seed, NDManager manager);
    }

    /** With the network that {@code load} opens. */
    static <L extends Layer> ArmGenerator open(int count, Function<NDManager, L> load, Images<L> image) {
        NDManager manager = TorchEngine.newManager(Device.cpu());
        return new PlainGenerator<>(count, manager, load.apply(manager), image);
    }

    /** What {@code work} finds in the network that {@code load} opens. */
    static <L extends Layer, T> T with(Function<NDManager, L> load, Function<L, T> work) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                L network = load.apply(manager)) {
            return work.apply(network);
        }
    }

    @Override
    public List<BufferedImage> images(int first, int end) {
        List<BufferedImage> images = new ArrayList<>();
        for (int seed = first; seed < end; seed++) {
            images.addAll(image(seed));
        }
        return images;
    }

    private List<BufferedImage> image(int seed) {
        return Gradients.off(() -> Scope.call(() -> Pixels.images(image.of(network, seed, manager))));
    }

    @Override
    public List<BufferedImage> noise(int side) {
        try (NDArray noise =
                new RandomStream(0).normal(manager, new Shape(count, CHANNELS, side, side), DataType.FLOAT32)) {
            return Pixels.images(noise);
        }
    }

    @Override
    public double gflopPerPrediction() {
        return FlopCounter.count(() -> image(0)).total() / 1e9;
    }

    @Override
    public void close() {
        network.close();
        manager.close();
    }
}
