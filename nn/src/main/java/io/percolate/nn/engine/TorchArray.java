package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Arrays with numbers from Java, in memory of the engine's own.
 *
 * <p>What {@link NDManager} makes of Java data is a window on Java's memory that lasts only as long as its first
 * handle: once a {@link Scope} has closed that, a view of the array, or the autograd graph that remembers it, reads
 * memory that the next garbage collection frees. These arrays are copies, and last as long as anything needs them.
 */
public final class TorchArray {

    private TorchArray() {}

    /** A vector (N) of float32. */
    public static NDArray of(NDManager manager, float[] values) {
        return of(manager, values, new Shape(values.length));
    }

    /** A vector (N) of int64. */
    public static NDArray of(NDManager manager, long[] values) {
        return of(manager, values, new Shape(values.length));
    }

    /** A float32 array of {@code shape}, its values row-major. */
    public static NDArray of(NDManager manager, float[] values, Shape shape) {
        return copy(manager.create(values, shape));
    }

    /** A float64 array of {@code shape}, its values row-major. */
    public static NDArray of(NDManager manager, double[] values, Shape shape) {
        return copy(manager.create(values, shape));
    }

    /** An int64 array of {@code shape}, its values row-major. */
    public static NDArray of(NDManager manager, long[] values, Shape shape) {
        return copy(manager.create(values, shape));
    }

    /** Bytes that the values of {@code x} take. DJL does not know those of bfloat16, whose type it calls unknown. */
    public static long bytes(NDArray x) {
        DataType type = x.getDataType();
        return x.size() * (type == DataType.UNKNOWN ? Short.BYTES : type.getNumOfBytes());
    }

    private static NDArray copy(NDArray window) {
        try (window) {
            return window.duplicate();
        }
    }
}
