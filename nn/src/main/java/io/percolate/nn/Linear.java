package io.percolate.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.Parameter.Initializer;

/** {@code y = x W^T + b}; parameters {@code weight} (out,in) and {@code bias} (out). */
public final class Linear extends Layer {

    private final Parameter weight;
    private final Parameter bias;

    /** With a bias. */
    public Linear(long in, long out) {
        this(in, out, true);
    }

    public Linear(long in, long out, boolean withBias) {
        this(in, out, withBias, Initializer.fanIn(in));
    }

    /** With weights drawn by {@code initializer} instead of torch's default. */
    public Linear(long in, long out, boolean withBias, Initializer initializer) {
        weight = parameter("weight", new Shape(out, in), initializer);
        bias = withBias
                ? parameter(
                        "bias",
                        new Shape(out),
                        initializer == Initializer.ZEROS ? Initializer.ZEROS : Initializer.fanIn(in))
                : null;
    }

    /** x (..., in) to (..., out). */
    public NDArray forward(NDArray x) {
        return Aten.linear(x, weight.value(), bias == null ? null : bias.value());
    }
}
