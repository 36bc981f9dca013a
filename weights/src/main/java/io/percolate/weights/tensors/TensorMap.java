package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The one implementation of {@link StateDict}: tensors by name, and the files to close with them. */
public class TensorMap implements StateDict {

    private final String source;
    private final Map<String, StoredTensor> tensors;
    private final Runnable closing;

    /** The tensors by name; {@code source} names them in messages, {@code closing} frees them. */
    public TensorMap(String source, Map<String, ? extends StoredTensor> tensors, Runnable closing) {
        this.source = source;
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        this.closing = closing;
    }

    /** The tensors of {@code dict} under new names; those that {@code rename} maps to null are left out. */
    public static StateDict view(StateDict dict, UnaryOperator<String> rename) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : dict.names()) {
            String other = rename.apply(name);
            if (other != null) {
                putNew(dict.source(), tensors, other, new Entry(dict, name, other));
            }
        }
        return new TensorMap(dict.source(), tensors, dict::close);
    }

    /** The tensors of {@code dict}, each as {@code change} makes it. */
    public static StateDict changed(StateDict dict, UnaryOperator<StoredTensor> change) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        dict.names().forEach(name -> tensors.put(name, change.apply(new Entry(dict, name, name))));
        return new TensorMap(dict.source(), tensors, dict::close);
    }

    static StateDict of(Map<String, NDArray> arrays) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) -> tensors.put(name, new InMemory(name, array)));
        return new TensorMap("arrays in memory", tensors, () -> {});
    }

    /** Adds a tensor, refusing a second one of the same name. */
    public static void putNew(String source, Map<String, StoredTensor> tensors, String name, StoredTensor tensor) {
        if (tensors.put(name, tensor) != null) {
            throw new WeightsException(source + ": two tensors are called " + name);
        }
    }

    @Override
    public final String source() {
        return source;
    }

    @Override
    public final Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public final TensorInfo info(String name) {
        return tensor(name).info();
    }

    @Override
    public final DataType exactType(String name) {
        return tensor(name).exactType();
    }

    @Override
    public final NDArray read(NDManager manager, String name, DataType type) {
        ElementType.of(type);
        return tensor(name).read(manager, type);
    }

    @Override
    public final NDArray copy(NDManager manager, String name, DataType type) {
        ElementType.of(type);
        return tensor(name).copy(manager, type);
    }

    @Override
    public final void close() {
        closing.run();
    }

    private StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException(source + ": no tensor is called " + name);
        }
        return tensor;
    }

    /** A tensor of another dictionary, perhaps under another name. */
    public record Entry(StateDict dict, String key, String name) implements StoredTensor {

        @Override
        public TensorInfo info() {
            return dict.info(key).named(name);
        }

        @Override
        public DataType exactType() {
            return dict.exactType(key);
        }

        @Override
        public NDArray read(NDManager manager, DataType type) {
            return dict.read(manager, key, type);
        }

        @Override
        public NDArray copy(NDManager manager, DataType type) {
            return dict.copy(manager, key, type);
        }
    }

    /** An array of bfloat16, whose type DJL calls unknown, counts as the float32 that it is read as. */
    private record InMemory(String name, NDArray array) implements StoredTensor {

        @Override
        public TensorInfo info() {
            DataType type = array.getDataType() == DataType.UNKNOWN ? DataType.FLOAT32 : array.getDataType();
            return new TensorInfo(name, ElementType.of(type), array.getShape());
        }

        @Override
        public NDArray read(NDManager manager, DataType type) {
            NDArray copy = array.getDataType() == type ? array.duplicate() : array.toType(type, true);
            return EngineArrays.move(copy, manager);
        }
    }
}
