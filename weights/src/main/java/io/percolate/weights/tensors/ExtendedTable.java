package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Function;

/**
 * A table (N,D) with more rows after its own. They are joined in float32, whatever the types.
 *
 * @param table the table
 * @param count how many rows are added
 * @param rows reads the added ones (count,D), in float32
 */
public record ExtendedTable(StoredTensor table, int count, Function<NDManager, NDArray> rows) implements StoredTensor {

    @Override
    public TensorInfo info() {
        Shape own = table.info().shape();
        return table.info().shaped(new Shape(own.get(0) + count, own.get(1)));
    }

    @Override
    public DataType exactType() {
        return DataType.FLOAT32;
    }

    @Override
    public NDArray read(NDManager manager, DataType type) {
        try (NDManager local = manager.newSubManager()) {
            NDArray joined = table.copy(local, DataType.FLOAT32).concat(rows.apply(local));
            NDArray result = EngineArrays.cast(joined, type);
            result.attach(manager);
            return result;
        }
    }
}
