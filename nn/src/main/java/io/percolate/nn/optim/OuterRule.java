package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * The outer step of DiLoCo (Douillard et al. 2023, algorithm 1): gradient descent with Nesterov's momentum, with torch's
 * numbers, {@code m = momentum m + g; x = x - rate (g + momentum m)}. Its gradients g are the differences between the
 * weights before some inner steps and those after them, the mean over all workers. Not thread-safe.
 */
public final class OuterRule implements UpdateRule {

    private static final String MOMENTUM = ".outer_momentum";

    private final ParameterGroup weights;
    private final OuterConfig config;
    private final NDManager manager;
    private final AverageState momenta;
    private long steps;

    OuterRule(Map<String, Parameter> parameters, OuterConfig config, StateType type) {
        this.config = config;
        manager = ParameterGroup.managerOf(parameters);
        weights = new ParameterGroup(parameters);
        momenta = AverageState.zeros(manager, weights, type);
    }

    /** Moves the weights at the learning rate of its own; {@code learningRate} is that of the inner steps. */
    @Override
    public void step(double learningRate) {
        momenta.update(
                weights.withGradients(),
                steps,
                (x, momentum) -> x.nesterov(momentum, config.learningRate(), config.momentum()));
        steps += config.steps();
    }

    /** Number of inner steps taken. */
    @Override
    public long steps() {
        return steps;
    }

    @Override
    public Map<String, NDArray> state() {
        return momenta.named(MOMENTUM);
    }

    @Override
    public void restore(Map<String, NDArray> state, long stepsTaken) {
        momenta.restore(state, MOMENTUM);
        steps = stepsTaken;
    }

    @Override
    public void close() {
        manager.close();
    }
}
