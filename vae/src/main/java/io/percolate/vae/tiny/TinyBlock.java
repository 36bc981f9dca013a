package io.percolate.vae.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.Layer;

/** {@code relu(x + conv(relu(conv(relu(conv(x))))))} of one width; names {@code conv.0 conv.2 conv.4}. */
final class TinyBlock extends Layer {

    private final Conv2d first;
    private final Conv2d second;
    private final Conv2d third;

    TinyBlock(int width) {
        first = child("conv.0", new Conv2d(width, width, 3));
        second = child("conv.2", new Conv2d(width, width, 3));
        third = child("conv.4", new Conv2d(width, width, 3));
    }

    /** x (B,C,H,W) to the same shape. */
    NDArray forward(NDArray x) {
        return GradientCheckpointing.block(
                x,
                in -> Scope.keep(() -> {
                    NDArray h = Aten.relu(second.forward(Aten.relu(first.forward(in))));
                    return Aten.relu(third.forward(h).add(in));
                }));
    }
}
