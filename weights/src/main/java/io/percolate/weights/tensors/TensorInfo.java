package io.percolate.weights.tensors;

import ai.djl.ndarray.types.Shape;
import java.util.Objects;

/** A tensor in a file, without its values. */
public record TensorInfo(String name, ElementType type, Shape shape) {

    /** Refuses negative sizes, and tensors whose bytes a long cannot count. */
    public TensorInfo {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        count(name, type, shape);
    }

    /** Number of elements. */
    public long size() {
        return bytes() / type.bytes();
    }

    /** Number of bytes in the file. */
    public long bytes() {
        return count(name, type, shape);
    }

    TensorInfo named(String other) {
        return new TensorInfo(other, type, shape);
    }

    /** The same with another shape. */
    public TensorInfo shaped(Shape other) {
        return new TensorInfo(name, type, other);
    }

    private static long count(String name, ElementType type, Shape shape) {
        long bytes = type.bytes();
        for (long size : shape.getShape()) {
            if (size < 0 || size > 0 && bytes > Long.MAX_VALUE / size) {
                throw new WeightsException(name + ": a tensor of shape " + shape + " cannot exist");
            }
            bytes *= size;
        }
        return bytes;
    }
}
