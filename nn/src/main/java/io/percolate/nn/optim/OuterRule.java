package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * The outer step of DiLoCo (Douillard et al. 2023, algorithm 1): gradient descent with Nesterov's momentum, with torch's
 * numbers, {@code m = momentum m + g; x = x - rate (g + momentum m)}. Its gradients g are the differences between the
 * weights before some inner steps and those after them, the mean over all workers. Not thread-safe.
 */
public final class OuterRule extends MomentumRule {

    private final OuterConfig config;

    OuterRule(Map<String, Parameter> parameters, OuterConfig config, StateType type) {
        super(parameters, type, ".outer_momentum");
        this.config = config;
    }

    /** Moves the weights at the learning rate of its own; {@code learningRate} is that of the inner steps, which it counts. */
    @Override
    public void step(double learningRate) {
        move(config.steps(), (x, momentum) -> x.nesterov(momentum, config.learningRate(), config.momentum()));
    }
}
