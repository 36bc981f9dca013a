package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;

/** A tensor made from others when it is read. The result is always a copy, for its sources may be mappings. */
public record DerivedTensor(TensorInfo info, List<StoredTensor> sources, Function<NDList, NDArray> operation)
        implements StoredTensor {

    @Override
    public NDArray read(NDManager manager, DataType type) {
        try (NDManager local = manager.newSubManager()) {
            NDList inputs = new NDList(sources.size());
            sources.forEach(source -> inputs.add(source.copy(local, type)));
            NDArray result = operation.apply(inputs).duplicate();
            result.attach(manager);
            return result;
        }
    }

    static StoredTensor copied(StoredTensor source) {
        return new DerivedTensor(source.info(), List.of(source), in -> in.get(0));
    }

    /** The same elements in the same order. */
    public static StoredTensor reshaped(StoredTensor source, Shape shape) {
        return new DerivedTensor(
                source.info().shaped(shape), List.of(source), in -> in.get(0).reshape(shape));
    }

    /** Matrix (A, B) as (B, A). */
    public static StoredTensor transposed(StoredTensor source) {
        Shape shape = source.info().shape();
        require(shape.dimension() == 2, source, "is no matrix");
        TensorInfo info = source.info().shaped(new Shape(shape.get(1), shape.get(0)));
        return new DerivedTensor(info, List.of(source), in -> in.get(0).transpose());
    }

    /** Part {@code index} of {@code count} equal ones along the first axis. */
    public static StoredTensor part(StoredTensor source, String name, int index, int count) {
        Shape whole = source.info().shape();
        require(whole.dimension() > 0 && whole.get(0) % count == 0, source, "is not made of " + count + " equal parts");
        long rows = whole.get(0) / count;
        Shape shape = new Shape(rows).addAll(whole.slice(1));
        NDIndex slice = new NDIndex().addSliceDim(index * rows, (index + 1) * rows);
        TensorInfo info = new TensorInfo(name, source.info().type(), shape);
        return new DerivedTensor(info, List.of(source), in -> in.get(0).get(slice));
    }

    /** Equal tensors one after another along the first axis. */
    public static StoredTensor joined(List<StoredTensor> sources, String name) {
        TensorInfo one = sources.get(0).info();
        Shape shape = new Shape(one.shape().get(0) * sources.size())
                .addAll(one.shape().slice(1));
        return new DerivedTensor(new TensorInfo(name, one.type(), shape), List.copyOf(sources), NDArrays::concat);
    }

    private static void require(boolean condition, StoredTensor tensor, String message) {
        if (!condition) {
            throw new WeightsException(
                    tensor.info().name() + " " + tensor.info().shape() + " " + message);
        }
    }
}
