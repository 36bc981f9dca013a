package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * What {@link AdamW} keeps constant.
 *
 * @param beta1 decay of the running mean of the gradients, in [0, 1)
 * @param beta2 decay of the running mean of their squares, in [0, 1)
 * @param epsilon added to the root of the mean of squares, positive
 * @param weightDecay decoupled weight decay, multiplied by the learning rate
 */
public record AdamWConfig(double beta1, double beta2, double epsilon, double weightDecay) implements RuleConfig {

    /** The values of Kingma and Ba 2015, with the weight decay of 0.01 that torch chose. */
    public static final AdamWConfig DEFAULT = new AdamWConfig(0.9, 0.999, 1e-8, 0.01);

    public AdamWConfig {
        requireFraction("beta1", beta1);
        requireFraction("beta2", beta2);
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon " + epsilon + " must be positive");
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weight decay " + weightDecay + " must not be negative");
        }
    }

    /** Without weight decay this is Adam. */
    public AdamWConfig withWeightDecay(double value) {
        return new AdamWConfig(beta1, beta2, epsilon, value);
    }

    @Override
    public UpdateRule rule(Map<String, Parameter> parameters, StateType type) {
        return new AdamW(parameters, this, type);
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside [0, 1)");
        }
    }
}
