package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/** A tensor whose values are read when asked for, each time anew. */
public interface StoredTensor {

    /** Its name, element type and shape. */
    TensorInfo info();

    /** The engine's type that holds the values exactly. */
    default DataType exactType() {
        return info().type().dataType();
    }

    /** The values as an array that belongs to {@code manager}, on its device. */
    NDArray read(NDManager manager, DataType type);

    /** As {@link #read}, in memory of its own. A mapping would stay until the garbage collector finds it. */
    default NDArray copy(NDManager manager, DataType type) {
        return read(manager, type);
    }
}
