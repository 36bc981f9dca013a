package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;

/** Feature maps (B,C,H,W) on another grid; differentiable. */
public final class Resampling {

    private Resampling() {}

    /** Bilinear interpolation to height x width, over as many values as become one where it gets smaller. */
    public static NDArray resize(NDArray x, long height, long width) {
        return Aten.call("resize", x, height, width);
    }

    /** Turned counter-clockwise by so many quarters of a circle. */
    public static NDArray turn(NDArray x, long quarters) {
        return Aten.call("turn", x, quarters);
    }
}
