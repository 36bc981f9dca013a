package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * An array for every parameter, by name and in the parameters' order, outside of any memory scope: float32, or bfloat16
 * in half of the memory, which an {@link #update} rounds at random.
 */
final class AverageState {

    /** Between the seeds of two steps; no model has more tensors. */
    private static final long SEEDS = 1 << 20;

    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final StateType type;

    private AverageState(StateType type) {
        this.type = type;
    }

    /** Zeros, owned by {@code manager}. */
    static AverageState zeros(NDManager manager, ParameterGroup weights, StateType type) {
        return zeros(manager, weights, type, shape -> shape);
    }

    /** Zeros, owned by {@code manager}, whose shapes {@code shape} makes of the parameters'. */
    static AverageState zeros(NDManager manager, ParameterGroup weights, StateType type, UnaryOperator<Shape> shape) {
        AverageState averages = new AverageState(type);
        weights.parameters().forEach((name, weight) -> {
            NDArray zeros = manager.zeros(
                    shape.apply(weight.shape()),
                    DataType.FLOAT32,
                    weight.value().getDevice());
            averages.arrays.put(name, type.owned(zeros));
        });
        return averages;
    }

    /** Copies of the weights, owned by {@code manager}. */
    static AverageState copies(NDManager manager, ParameterGroup weights, StateType type) {
        AverageState averages = zeros(manager, weights, type);
        averages.list().copy(weights.values());
        return averages;
    }

    /** Runs {@code change} on {@code weights} and on this; {@code step} tells one update from another. */
    void update(TensorList weights, long step, BiConsumer<TensorList, TensorList> change) {
        type.update(weights, List.of(list()), step * SEEDS, (x, states) -> change.accept(x, states.get(0)));
    }

    /** Runs {@code change} on {@code weights}, on this and on {@code other}. */
    void update(TensorList weights, AverageState other, long step, Change change) {
        type.update(
                weights,
                List.of(list(), other.list()),
                step * SEEDS,
                (x, states) -> change.of(x, states.get(0), states.get(1)));
    }

    /** Changes weights along with two of their states. */
    @FunctionalInterface
    interface Change {

        void of(TensorList weights, TensorList first, TensorList second);
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
