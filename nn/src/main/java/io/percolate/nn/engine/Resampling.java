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

    /** Squares of {@code size} pixels as channels: (B,C,H,W) to (B,C size^2,H/size,W/size), those of a channel together. */
    public static NDArray spaceToDepth(NDArray x, long size) {
        return Aten.call("space_to_depth", x, size);
    }

    /** The inverse of {@link #spaceToDepth}. */
    public static NDArray depthToSpace(NDArray x, long size) {
        return Aten.call("depth_to_space", x, size);
    }

    /** Each {@code size} neighbouring channels averaged into one: (B,C,H,W) to (B,C/size,H,W). */
    public static NDArray channelMeans(NDArray x, long size) {
        return Aten.call("channel_means", x, size);
    }

    /** Each channel {@code times} times, side by side: (B,C,H,W) to (B,C times,H,W). */
    public static NDArray repeatChannels(NDArray x, long times) {
        return Aten.call("repeat_channels", x, times);
    }
}
