package io.percolate.nn.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/**
 * A stream of noise: each call continues where the one before ended.
 *
 * <p>A source belongs to one request or one training run, and to one thread at a time. Nothing is shared
 * between sources, so that two threads with a source each never disturb each other.
 */
@FunctionalInterface
public interface NoiseSource {

    /**
     * Independent standard normal numbers.
     *
     * @param manager owns the result, and says on which device it lives
     * @param type {@code FLOAT32} or {@code FLOAT64}
     */
    NDArray normal(NDManager manager, Shape shape, DataType type);

    /** Independent standard normal numbers in the shape and element type of {@code x}, owned by its manager. */
    default NDArray normal(NDArray x) {
        if (x.getDataType() == DataType.FLOAT64) {
            return normal(x.getManager(), x.getShape(), DataType.FLOAT64);
        }
        return Scope.keep(() -> Aten.like(normal(x.getManager(), x.getShape(), DataType.FLOAT32), x));
    }

    /**
     * A stream for each image of a batch: row i of every result (B,...) depends on {@code seeds[i]} alone, and equals
     * what torch generates for that image by itself.
     */
    static NoiseSource perImage(long... seeds) {
        return new PerImageNoise(seeds);
    }

    /**
     * One stream for the whole tensor: {@code torch.randn(shape, generator=Generator().manual_seed(seed))} on
     * the CPU, within the rounding of a float. Only the lower 32 bits of the seed count, as in torch.
     */
    static NoiseSource seeded(long seed) {
        return new TorchNoise(seed);
    }
}
