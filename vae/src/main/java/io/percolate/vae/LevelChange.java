package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.layers.Layer;
import java.util.function.UnaryOperator;

/** The layer between two levels, which has the parameters of the one that it is made of. */
final class LevelChange extends Layer {

    private final UnaryOperator<NDArray> forward;

    LevelChange(Layer layer, UnaryOperator<NDArray> forward) {
        inline(layer);
        this.forward = forward;
    }

    /** x (B,C,H,W) to (B,C',H/2,W/2) or (B,C',2H,2W). */
    NDArray forward(NDArray x) {
        return forward.apply(x);
    }
}
