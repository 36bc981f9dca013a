package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Square two-dimensional convolution; parameters {@code weight} (out,in,k,k) and {@code bias} (out). */
public final class Conv2d extends Layer {

    private final Parameter weight;
    private final Parameter bias;
    private final int stride;
    private final int padding;

    /** Stride 1, padded so that height and width stay as they are. */
    public Conv2d(long in, long out, int kernel) {
        this(in, out, kernel, 1, kernel / 2);
    }

    /** From {@code in} channels to {@code out}, with a square kernel. */
    public Conv2d(long in, long out, int kernel, int stride, int padding) {
        this(in, out, kernel, stride, padding, Initializer.fanIn(in * kernel * kernel));
    }

    private Conv2d(long in, long out, int kernel, int stride, int padding, Initializer initializer) {
        weight = parameter("weight", new Shape(out, in, kernel, kernel), initializer);
        bias = parameter("bias", new Shape(out), initializer);
        this.stride = stride;
        this.padding = padding;
    }

    /** A convolution that starts out as zero, so that the residual branch it ends is off at first. */
    public static Conv2d zero(long in, long out, int kernel) {
        return new Conv2d(in, out, kernel, 1, kernel / 2, Initializer.ZEROS);
    }

    /** x (B,in,H,W) to (B,out,H',W'). */
    public NDArray forward(NDArray x) {
        return Kernels.conv2d(x, weight, bias, stride, padding);
    }
}
