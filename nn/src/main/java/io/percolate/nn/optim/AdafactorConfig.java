package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * What {@link Adafactor} keeps constant.
 *
 * @param beta2Decay the mean of squares keeps {@code 1 - step^beta2Decay} of itself; negative
 * @param smallestScale the least root mean square that a parameter counts as having, positive
 * @param clippingThreshold largest root mean square of an update before it is scaled by the learning rate, positive
 * @param weightDecay decoupled weight decay, multiplied by the learning rate
 */
public record AdafactorConfig(double beta2Decay, double smallestScale, double clippingThreshold, double weightDecay)
        implements RuleConfig {

    /** The values of Shazeer and Stern 2018, which are torch's too. */
    public static final AdafactorConfig DEFAULT = new AdafactorConfig(-0.8, 1e-3, 1, 0);

    public AdafactorConfig {
        require(beta2Decay <= 0, "beta2 decay " + beta2Decay + " must not be positive");
        require(smallestScale > 0, "smallest scale " + smallestScale + " must be positive");
        require(clippingThreshold > 0, "clipping threshold " + clippingThreshold + " must be positive");
        require(weightDecay >= 0, "weight decay " + weightDecay + " must not be negative");
    }

    /** The same with weight decay. */
    public AdafactorConfig withWeightDecay(double value) {
        return new AdafactorConfig(beta2Decay, smallestScale, clippingThreshold, value);
    }

    /** Its state, which is small, is float32 in any case. */
    @Override
    public UpdateRule rule(Map<String, Parameter> parameters, StateType type) {
        return new Adafactor(parameters, this);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
