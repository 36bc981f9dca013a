package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.BatchStatistics;
import io.percolate.nn.engine.GradientCheckpointing;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) as in training, for networks that are never used otherwise: parameters
 * {@code weight} and {@code bias} (C), and {@code running_mean} and {@code running_var} (C), which follow the batches.
 * Unlike other layers it thus keeps state between calls, and serves one thread at a time.
 */
public final class BatchNorm extends Layer {

    private static final double EPS = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter mean;
    private final Parameter variance;

    /** For {@code channels} channels, with torch's constants. */
    public BatchNorm(long channels, Initializer weights) {
        Shape shape = new Shape(channels);
        weight = parameter("weight", shape, weights);
        bias = parameter("bias", shape, Initializer.ZEROS);
        mean = buffer("running_mean", shape, Initializer.ZEROS);
        variance = buffer("running_var", shape, Initializer.ONES);
    }

    /** x (B,C,H,W); a batch that is computed again for its gradient is followed once. */
    public NDArray forward(NDArray x) {
        double momentum = GradientCheckpointing.repeats() ? 0 : MOMENTUM;
        return new BatchStatistics(mean.value(), variance.value(), momentum)
                .normalise(x, weight.value(), bias.value(), EPS);
    }
}
