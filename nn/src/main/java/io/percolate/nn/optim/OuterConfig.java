package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * How weights follow those that have moved some steps ahead of them (DiLoCo, Douillard et al. 2023, algorithm 1).
 *
 * @param steps H, the inner steps between two outer steps
 * @param learningRate of the outer steps, positive
 * @param momentum of the outer steps, in [0, 1)
 */
public record OuterConfig(int steps, double learningRate, double momentum) implements RuleConfig {

    /** The learning rate and the momentum of Douillard et al. 2023, and rounds that suit short trainings. */
    public static final OuterConfig DEFAULT = new OuterConfig(20, 0.7, 0.9);

    public OuterConfig {
        require(steps > 0, "steps", steps);
        require(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY, "learning_rate", learningRate);
        require(momentum >= 0 && momentum < 1, "momentum", momentum);
    }

    @Override
    public UpdateRule rule(Map<String, Parameter> parameters, StateType type) {
        return new OuterRule(parameters, this, type);
    }

    private static void require(boolean holds, String name, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + " of the outer optimizer is out of range");
        }
    }
}
