package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Named tensors, as files of weights hold them; values are read when asked for.
 *
 * <p>Reading is thread-safe. Large tensors that need no conversion are handed to the engine without a copy:
 * such an array is a <b>read-only</b> mapping of the file. Writing into it ends the process ({@link #copied} gives
 * arrays that may be written), and so does using a view of it after it was closed. The file must not be cut short
 * while it is in use; replacing it by another file is harmless.
 */
public interface StateDict extends AutoCloseable {

    /** Where the tensors come from, for messages. */
    String source();

    /** The texts that a file carries beside its tensors; views have none. */
    default Map<String, String> metadata() {
        return Map.of();
    }

    /** The names of all tensors, in the order of the file. */
    Set<String> names();

    /** Type and shape of one tensor; fails if there is none of that name. */
    TensorInfo info(String name);

    /**
     * The type that holds every number of a tensor exactly: that of the file, or float32 if the values are computed in
     * it.
     */
    DataType exactType(String name);

    /**
     * Reads a tensor as an array of {@code type}, on the device of {@code manager}, which owns it.
     * {@code type} is one that {@link ElementType} reads; bfloat16 is none of them, so convert afterwards.
     */
    NDArray read(NDManager manager, String name, DataType type);

    /** As {@link #read}, but into memory of its own: the array may be written, and closing it frees the memory. */
    NDArray copy(NDManager manager, String name, DataType type);

    /** Reads a tensor: numbers with a fraction as float32, others as they are. */
    default NDArray read(NDManager manager, String name) {
        ElementType type = info(name).type();
        return read(manager, name, type.isFloat() ? DataType.FLOAT32 : type.dataType());
    }

    /** Whether there is a tensor of that name. */
    default boolean has(String name) {
        return names().contains(name);
    }

    /** The tensors whose names start with {@code prefix}, without it. Closing the view closes this. */
    default StateDict under(String prefix) {
        return TensorMap.view(this, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : null);
    }

    /** These tensors with {@code prefix} before each name. Closing the view closes this. */
    default StateDict withPrefix(String prefix) {
        return TensorMap.view(this, name -> prefix + name);
    }

    /**
     * These tensors under new names; those that {@code rename} maps to null are left out. Closing the view closes
     * this.
     */
    default StateDict renamed(UnaryOperator<String> rename) {
        return TensorMap.view(this, rename);
    }

    /** Only the tensors whose names pass. Closing the view closes this. */
    default StateDict where(Predicate<String> name) {
        return TensorMap.view(this, n -> name.test(n) ? n : null);
    }

    /** All tensors but the one called {@code name}, which may be absent. Closing the view closes this. */
    default StateDict without(String name) {
        return where(other -> !other.equals(name));
    }

    /** The same tensors, each read into memory of its own. Closing the view closes this. */
    default StateDict copied() {
        return TensorMap.changed(this, DerivedTensor::copied);
    }

    /** Closes the file; arrays already read stay valid. */
    @Override
    void close();

    /** Arrays in memory; they stay the caller's, and reading gives copies. */
    static StateDict of(Map<String, NDArray> arrays) {
        return TensorMap.of(arrays);
    }
}
