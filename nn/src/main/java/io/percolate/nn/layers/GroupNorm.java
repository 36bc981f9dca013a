package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;

/** Group normalisation (Wu and He 2018); parameters {@code weight} and {@code bias} (C). */
public final class GroupNorm extends Layer {

    private final int groups;
    private final double eps;
    private final Parameter weight;
    private final Parameter bias;

    /** For {@code channels} channels in so many groups; {@code eps} is added to the variance. */
    public GroupNorm(int groups, long channels, double eps) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    channels + " channels cannot be split into " + groups + " groups of equal size");
        }
        this.groups = groups;
        this.eps = eps;
        weight = parameter("weight", new Shape(channels), Initializer.ONES);
        bias = parameter("bias", new Shape(channels), Initializer.ZEROS);
    }

    /** x (B,C,...). */
    public NDArray forward(NDArray x) {
        return Aten.groupNorm(x, groups, weight.cast(), bias.cast(), eps);
    }

    /** {@code silu(forward(x))}, the pair that stands before almost every convolution. */
    public NDArray forwardSilu(NDArray x) {
        return Aten.groupNormSilu(x, groups, weight.cast(), bias.cast(), eps);
    }
}
