package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TensorList;
import io.percolate.nn.layers.Parameter;
import java.util.Map;
import java.util.function.BiConsumer;

/** What keeps one running average of the gradients, the momentum, for each parameter. */
abstract sealed class MomentumRule implements UpdateRule permits Muon, OuterRule {

    private final ParameterGroup weights;
    private final NDManager manager;
    private final AverageState momenta;
    private final String suffix;
    private long steps;

    /**
     * For trainable float32 parameters, by name.
     *
     * @param type of the momenta
     * @param suffix of their names in a saved state
     */
    MomentumRule(Map<String, Parameter> parameters, StateType type, String suffix) {
        this.suffix = suffix;
        manager = ParameterGroup.managerOf(parameters);
        weights = new ParameterGroup(parameters);
        momenta = AverageState.zeros(manager, weights, type);
    }

    /** Applies {@code change} to weights and momenta, which counts as {@code number} steps. */
    final void move(int number, BiConsumer<TensorList, TensorList> change) {
        momenta.update(weights.withGradients(), steps, change);
        steps += number;
    }

    @Override
    public final long steps() {
        return steps;
    }

    @Override
    public final Map<String, NDArray> state() {
        return momenta.named(suffix);
    }

    @Override
    public final void restore(Map<String, NDArray> state, long stepsTaken) {
        momenta.restore(state, suffix);
        steps = stepsTaken;
    }

    @Override
    public final void close() {
        manager.close();
    }
}
