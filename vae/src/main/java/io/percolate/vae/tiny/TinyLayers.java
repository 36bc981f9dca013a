package io.percolate.vae.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One layer after the other, numbered as torch's {@code Sequential} does, those without parameters too. */
final class TinyLayers extends Layer {

    private static final Initializer GREY = Initializer.normal(0.5, 0);

    private final List<UnaryOperator<NDArray>> steps = new ArrayList<>();

    /** A convolution that keeps height and width. */
    void conv(int in, int out) {
        steps.add(next(new Conv2d(in, out, 3))::forward);
    }

    /** A convolution to pixels about [0,1], of a middle grey at first. */
    void pixels(int in, int out) {
        Initializer weights = Initializer.fanIn(9L * in);
        Initializer first = (shape, random) -> (shape.dimension() == 1 ? GREY : weights).values(shape, random);
        steps.add(next(new Conv2d(new Conv2d.Geometry(in, out, 3, 1, 1), first, true))::forward);
    }

    /** A convolution that halves height and width. */
    void halve(int width) {
        steps.add(next(withoutBias(width, 2))::forward);
    }

    /** Blocks of one width. */
    void blocks(int count, int width) {
        for (int i = 0; i < count; i++) {
            steps.add(next(new TinyBlock(width))::forward);
        }
    }

    /** Each pixel as four, and a convolution. */
    void twice(int width) {
        steps.add(x -> Aten.upsampleNearest(
                x, 2 * x.getShape().get(2), 2 * x.getShape().get(3)));
        steps.add(next(withoutBias(width, 1))::forward);
    }

    /** What is negative becomes 0. */
    void relu() {
        steps.add(Aten::relu);
    }

    NDArray forward(NDArray x) {
        return Scope.keep(() -> {
            NDArray h = x;
            for (UnaryOperator<NDArray> step : steps) {
                h = step.apply(h);
            }
            return h;
        });
    }

    private <L extends Layer> L next(L layer) {
        return child("layers." + steps.size(), layer);
    }

    private static Conv2d withoutBias(int width, int stride) {
        return new Conv2d(new Conv2d.Geometry(width, width, 3, stride, 1), Initializer.fanIn(9L * width), false);
    }
}
