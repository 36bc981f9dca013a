package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Loads a network only if every parameter has a tensor in the file and every tensor has a parameter. */
public final class StrictLoading {

    private StrictLoading() {}

    /**
     * Reads every expected tensor and hands it to {@code assign}, one at a time in the order of
     * {@code expected}; the receiver owns it. Nothing is read or assigned unless all names and shapes fit.
     * Buffers that files carry without need are left out beforehand: {@link StateDict#without}.
     *
     * <pre>{@code StrictLoading.load(dict, layer.shapes(), layer::assign, manager);}</pre>
     */
    public static void load(
            StateDict dict, Map<String, Shape> expected, BiConsumer<String, NDArray> assign, NDManager manager) {
        LoadReport.compare(dict, expected).requireFit();
        expected.keySet().forEach(name -> assign.accept(name, dict.read(manager, name)));
    }

    /**
     * {@link #load} for inference: instead of the tensors, {@code give} receives what reads them, as float16 if the
     * file has them so. {@code dict} must stay open for as long as the readers are used.
     */
    public static void bind(
            StateDict dict,
            Map<String, Shape> expected,
            BiConsumer<String, Supplier<NDArray>> give,
            NDManager manager) {
        LoadReport.compare(dict, expected).requireFit();
        expected.keySet().forEach(name -> give.accept(name, () -> dict.copy(manager, name, stored(dict, name))));
    }

    private static DataType stored(StateDict dict, String name) {
        return dict.exactType(name) == DataType.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT32;
    }
}
