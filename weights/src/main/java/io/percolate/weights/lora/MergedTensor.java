package io.percolate.weights.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.weights.tensors.EngineArrays;
import io.percolate.weights.tensors.StoredTensor;
import io.percolate.weights.tensors.TensorInfo;

/** A layer's weights with {@code scale} times an update of them. The sum is made in float32, whatever the types. */
record MergedTensor(StoredTensor weight, LoraUpdate update, double scale) implements StoredTensor {

    @Override
    public TensorInfo info() {
        return weight.info();
    }

    @Override
    public DataType exactType() {
        return DataType.FLOAT32;
    }

    @Override
    public NDArray read(NDManager manager, DataType type) {
        try (NDManager local = manager.newSubManager()) {
            NDArray sum = weight.copy(local, DataType.FLOAT32);
            sum.addi(update.read(local, scale).reshape(sum.getShape()));
            NDArray result = EngineArrays.cast(sum, type);
            result.attach(manager);
            return result;
        }
    }
}
