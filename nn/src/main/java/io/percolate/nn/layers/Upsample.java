package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;

/** Nearest-neighbour interpolation, then a 3x3 convolution; parameter names {@code conv.*}. */
public final class Upsample extends Layer {

    private final Conv2d conv;

    /** Keeps the number of channels. */
    public Upsample(long channels) {
        conv = child("conv", new Conv2d(channels, channels, 3));
    }

    /** x (B,C,H,W) to (B,C,2H,2W). */
    public NDArray forward(NDArray x) {
        return forward(x, 2 * x.getShape().get(2), 2 * x.getShape().get(3));
    }

    /** x (B,C,H,W) to (B,C,height,width), for skip connections of odd size. */
    public NDArray forward(NDArray x, long height, long width) {
        return GradientCheckpointing.block(
                x, h -> Scope.keep(() -> conv.forward(Aten.upsampleNearest(h, height, width))));
    }
}
