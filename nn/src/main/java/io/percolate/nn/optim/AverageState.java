package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A float32 array for every parameter, by name and in the parameters' order, outside of any memory scope. */
final class AverageState {

    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    private AverageState() {}

    /** Zeros, owned by {@code manager}. */
    static AverageState zeros(NDManager manager, ParameterGroup weights) {
        return zeros(manager, weights, shape -> shape);
    }

    /** Zeros, owned by {@code manager}, whose shapes {@code shape} makes of the parameters'. */
    static AverageState zeros(NDManager manager, ParameterGroup weights, UnaryOperator<Shape> shape) {
        AverageState averages = new AverageState();
        weights.parameters()
                .forEach((name, weight) ->
                        averages.arrays.put(name, zeros(manager, shape.apply(weight.shape()), weight.value())));
        return averages;
    }

    /** Copies of the weights, owned by {@code manager}. */
    static AverageState copies(NDManager manager, ParameterGroup weights) {
        AverageState averages = zeros(manager, weights);
        averages.list().copy(weights.values());
        return averages;
    }

    private static NDArray zeros(NDManager manager, Shape shape, NDArray weight) {
        NDArray zeros = manager.zeros(shape, DataType.FLOAT32, weight.getDevice());
        NDScope.unregister(zeros);
        return zeros;
    }

    TensorList list() {
        return TensorList.of(arrays.values());
    }

    /** The arrays themselves, each under its parameter's name followed by {@code suffix}. */
    Map<String, NDArray> named(String suffix) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        arrays.forEach((name, array) -> named.put(name + suffix, array));
        return named;
    }

    /** Copies the values from arrays named as in {@link #named}; the error lists everything that does not fit. */
    void restore(Map<String, NDArray> saved, String suffix) {
        Map<String, NDArray> own = named(suffix);
        List<String> faults = new ArrayList<>();
        own.forEach((name, array) -> compare(name, array.getShape(), saved.get(name), faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "the saved state belongs to another model: " + String.join(", ", faults));
        }
        if (!own.isEmpty()) {
            list().copy(TensorList.of(own.keySet().stream().map(saved::get).toList()));
        }
    }

    private static void compare(String name, Shape expected, NDArray saved, List<String> faults) {
        if (saved == null) {
            faults.add(name + " is missing");
        } else if (!saved.getShape().equals(expected)) {
            faults.add(name + " is " + saved.getShape() + " instead of " + expected);
        }
    }
}
