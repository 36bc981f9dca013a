package io.percolate.pipeline.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.GroupNorm;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Linear;
import io.percolate.nn.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes images of normal numbers: 4x4 pixels, doubled by nearest neighbours and a convolution until they are large enough
 * (the shape of Radford et al. 2016, without its transposed convolutions and with groups in place of batches to normalise
 * by).
 */
public final class ImageGenerator extends Layer {

    private static final int CHANNELS = 3;
    private static final double EPS = 1e-5;

    private final GeneratorSize size;
    private final Linear first;
    private final List<Doubling> doublings = new ArrayList<>();
    private final Conv2d last;

    ImageGenerator(GeneratorSize size) {
        this.size = size;
        first = child("first", new Linear(size.latentWidth(), (long) pixels() * size.widthAt(GeneratorSize.FIRST)));
        for (int i = 0; i < size.doublings(); i++) {
            int side = GeneratorSize.FIRST << i;
            doublings.add(child("doublings." + i, new Doubling(size.widthAt(side), size.widthAt(2 * side))));
        }
        last = child("last", new Conv2d(size.width(), CHANNELS, 3));
    }

    /** The one that was trained in {@code folder}; {@code manager} owns its weights. */
    public static ImageGenerator load(Path folder, NDManager manager) {
        return GeneratorFiles.load(folder, manager);
    }

    GeneratorSize size() {
        return size;
    }

    /** The image (1,3,H,W) of a seed. */
    public NDArray image(int seed, NDManager manager) {
        return Gradients.off(() -> Scope.keep(() ->
                forward(RandomStream.of(0, seed).normal(manager, new Shape(1, size.latentWidth()), DataType.FLOAT32))));
    }

    private static int pixels() {
        return GeneratorSize.FIRST * GeneratorSize.FIRST;
    }

    /** Normal numbers (B,Z) to images (B,3,H,W) in [-1,1]. */
    NDArray forward(NDArray z) {
        return Scope.keep(() -> {
            NDArray x = first.forward(z)
                    .reshape(new Shape(
                            z.getShape().get(0),
                            size.widthAt(GeneratorSize.FIRST),
                            GeneratorSize.FIRST,
                            GeneratorSize.FIRST));
            for (Doubling doubling : doublings) {
                x = doubling.forward(x);
            }
            return last.forward(x).tanh();
        });
    }

    /** Normalises, then doubles height and width. */
    private static final class Doubling extends Layer {

        private final GroupNorm norm;
        private final Conv2d conv;

        Doubling(int in, int out) {
            norm = child("norm", new GroupNorm(GeneratorSize.GROUPS, in, EPS));
            conv = child("conv", new Conv2d(in, out, 3));
        }

        NDArray forward(NDArray x) {
            Shape shape = x.getShape();
            return Scope.keep(
                    () -> conv.forward(Aten.upsampleNearest(norm.forwardSilu(x), 2 * shape.get(2), 2 * shape.get(3))));
        }
    }
}
