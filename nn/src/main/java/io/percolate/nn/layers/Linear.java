package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/** {@code y = x W^T + b}; parameters {@code weight} (out,in) and {@code bias} (out). */
public final class Linear extends AdaptableLayer {

    private final Parameter weight;
    private final Parameter bias;

    /** With a bias. */
    public Linear(long in, long out) {
        this(in, out, true);
    }

    /** From vectors of width {@code in} to width {@code out}. */
    public Linear(long in, long out, boolean withBias) {
        this(in, out, withBias, Initializer.fanIn(in));
    }

    /** With weights made by {@code initializer} instead of torch's default. */
    public Linear(long in, long out, boolean withBias, Initializer initializer) {
        this(new Shape(out, in), withBias, initializer);
    }

    private Linear(Shape weightShape, boolean withBias, Initializer initializer) {
        weight = parameter("weight", weightShape, initializer);
        Initializer biases =
                initializer == Initializer.ZEROS ? Initializer.ZEROS : Initializer.fanIn(weightShape.get(1));
        bias = withBias ? parameter("bias", new Shape(weightShape.get(0)), biases) : null;
    }

    /** Over tokens that are pixels, with the weight that a 1x1 convolution has: (out,in,1,1). */
    public static Linear pointwise(long in, long out, Initializer initializer) {
        return new Linear(new Shape(out, in, 1, 1), true, initializer);
    }

    /** x (..., in) to (..., out/2): the first half of {@link #forward} times GELU of the second (Shazeer 2020). */
    NDArray forwardGeglu(NDArray x) {
        return isAdapted() ? Scope.keep(() -> Aten.geglu(forward(x))) : Kernels.geglu(x, weight, bias);
    }

    /** x (..., in) to (..., out). */
    public NDArray forward(NDArray x) {
        return adapted(Kernels.linear(x, weight, bias), x);
    }

    @Override
    public Shape weightShape() {
        return weight.shape();
    }

    @Override
    public NDArray reduce(NDArray x, Parameter weights) {
        return Kernels.linear(x, weights, null);
    }

    @Override
    public NDArray expand(NDArray x, Parameter weights) {
        return Kernels.linear(x, weights, null);
    }
}
