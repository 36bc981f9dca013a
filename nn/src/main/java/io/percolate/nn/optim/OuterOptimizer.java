package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * DiLoCo with one worker: every H steps the weights go back to their anchors, where they were H steps before, and from
 * there take one {@link OuterRule} step along the way that they had gone. Not thread-safe.
 */
final class OuterOptimizer implements AutoCloseable {

    private static final String ANCHOR = ".anchor";

    private final OuterConfig config;
    private final ParameterGroup weights;
    private final NDManager manager;
    private final AverageState anchors;
    private final UpdateRule rule;

    /** Anchored where {@code parameters} are. */
    OuterOptimizer(Map<String, Parameter> parameters, OuterConfig config, StateType type) {
        this.config = config;
        weights = new ParameterGroup(parameters);
        manager = ParameterGroup.managerOf(parameters);
        anchors = AverageState.copies(manager, weights, StateType.FP32);
        rule = config.rule(parameters, type);
    }

    /** How many of {@code steps} inner steps come after the last outer step; 0 if it is due. */
    long sinceLast(long steps) {
        return steps % config.steps();
    }

    /** How many steps of a training an outer step stands for. */
    int innerSteps() {
        return config.steps();
    }

    /** Takes the outer step; the weights have no gradients before it and after it. */
    void step() {
        anchors.list().swap(weights.values());
        Scope.run(this::addDifferences);
        rule.step(1);
        weights.dropGradients();
        anchors.list().copy(weights.values());
    }

    private void addDifferences() {
        Map<String, NDArray> reached = anchors.named("");
        weights.parameters()
                .forEach((name, weight) ->
                        weight.addGradient(Gradients.off(() -> weight.value().sub(reached.get(name)))));
    }

    /** Anchors and momenta, by name: the live arrays, not copies. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(anchors.named(ANCHOR));
        state.putAll(rule.state());
        return state;
    }

    /** Continues where another run was, after {@code steps} inner steps. */
    void restore(Map<String, NDArray> state, long steps) {
        anchors.restore(state, ANCHOR);
        rule.restore(state, steps - sinceLast(steps));
    }

    @Override
    public void close() {
        rule.close();
        manager.close();
    }
}
