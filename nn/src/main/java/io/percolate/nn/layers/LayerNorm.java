package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;

/** Layer normalisation (Ba et al. 2016) over the last axis; parameters {@code weight} and {@code bias} (D). */
public final class LayerNorm extends Layer {

    private final double eps;
    private final Parameter weight;
    private final Parameter bias;

    /** With the usual eps of 1e-5. */
    public LayerNorm(long width) {
        this(width, 1e-5);
    }

    /** For vectors of {@code width}; {@code eps} is added to the variance. */
    public LayerNorm(long width, double eps) {
        this.eps = eps;
        weight = parameter("weight", new Shape(width), Initializer.ONES);
        bias = parameter("bias", new Shape(width), Initializer.ZEROS);
    }

    /** x (...,D). */
    public NDArray forward(NDArray x) {
        return Aten.layerNorm(x, weight.cast(), bias.cast(), eps);
    }
}
