package io.percolate.nn.layers;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a parameter's first values are made. */
@FunctionalInterface
public interface Initializer {

    /** All zeros. */
    Initializer ZEROS = (shape, random) -> new float[(int) shape.size()];

    /** All ones. */
    Initializer ONES = (shape, random) -> {
        float[] values = new float[(int) shape.size()];
        Arrays.fill(values, 1);
        return values;
    };

    /** The values, row-major, of a tensor of {@code shape}. */
    float[] values(Shape shape, RandomGenerator random);

    /** Uniform in +-1/sqrt(fanIn), which is what torch's layers start from. */
    static Initializer fanIn(long fanIn) {
        float bound = (float) (1 / Math.sqrt(fanIn));
        return (shape, random) -> {
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat(-bound, bound);
            }
            return values;
        };
    }

    /** Normal with mean 0. */
    static Initializer normal(double std) {
        return normal(0, std);
    }

    /** Normal. */
    static Initializer normal(double mean, double std) {
        return (shape, random) -> {
            float[] values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + std * random.nextGaussian());
            }
            return values;
        };
    }
}
