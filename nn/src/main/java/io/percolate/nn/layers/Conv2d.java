package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/** Square two-dimensional convolution; parameters {@code weight} (out,in,k,k) and, unless left out, {@code bias} (out). */
public final class Conv2d extends AdaptableLayer {

    private final Parameter weight;
    private final @Nullable Parameter bias;
    private final int stride;
    private final int padding;

    /** Stride 1, padded so that height and width stay as they are. */
    public Conv2d(long in, long out, int kernel) {
        this(in, out, kernel, 1, kernel / 2);
    }

    /** From {@code in} channels to {@code out}, with a square kernel. */
    public Conv2d(long in, long out, int kernel, int stride, int padding) {
        this(new Geometry(in, out, kernel, stride, padding), Initializer.fanIn(in * kernel * kernel), true);
    }

    /** With first weights, and offsets unless it has none, of another kind. */
    public Conv2d(Geometry geometry, Initializer weights, boolean biased) {
        int kernel = geometry.kernel;
        weight = parameter("weight", new Shape(geometry.out, geometry.in, kernel, kernel), weights);
        bias = biased ? parameter("bias", new Shape(geometry.out), weights) : null;
        stride = geometry.stride;
        padding = geometry.padding;
    }

    /**
     * The shape of a convolution.
     *
     * @param in channels of the input
     * @param out channels of the output
     * @param kernel height and width of the window in pixels
     * @param stride pixels from one window to the next
     * @param padding zeros added at every side
     */
    public record Geometry(long in, long out, int kernel, int stride, int padding) {}

    /** A convolution that starts out as zero, so that the residual branch it ends is off at first. */
    public static Conv2d zero(long in, long out, int kernel) {
        return new Conv2d(new Geometry(in, out, kernel, 1, kernel / 2), Initializer.ZEROS, true);
    }

    /** x (B,in,H,W) to (B,out,H',W'). */
    public NDArray forward(NDArray x) {
        return adapted(Kernels.conv2d(x, weight, bias, stride, padding), x);
    }

    @Override
    public Shape weightShape() {
        return weight.shape();
    }

    @Override
    public NDArray reduce(NDArray x, Parameter weights) {
        return Kernels.conv2d(x, weights, null, stride, padding);
    }

    @Override
    public NDArray expand(NDArray x, Parameter weights) {
        return Kernels.conv2d(x, weights, null, 1, 0);
    }
}
