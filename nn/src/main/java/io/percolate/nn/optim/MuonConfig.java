package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * What {@link Muon} keeps constant.
 *
 * @param learningRateRatio its learning rate as a multiple of AdamW's for the other parameters
 * @param momentum decay of the running mean of the gradients, in [0, 1)
 * @param weightDecay decoupled weight decay, multiplied by the learning rate
 */
public record MuonConfig(double learningRateRatio, double momentum, double weightDecay) implements RuleConfig {

    public MuonConfig {
        if (!(learningRateRatio > 0)) {
            throw new IllegalArgumentException("learning rate ratio " + learningRateRatio + " must be positive");
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + " is outside [0, 1)");
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weight decay " + weightDecay + " must not be negative");
        }
    }

    /** The customary momentum of 0.95, and AdamW's learning rate times {@code learningRateRatio}. */
    public static MuonConfig of(double learningRateRatio) {
        return new MuonConfig(learningRateRatio, 0.95, 0);
    }

    /** The same with weight decay. */
    public MuonConfig withWeightDecay(double value) {
        return new MuonConfig(learningRateRatio, momentum, value);
    }

    @Override
    public UpdateRule rule(Map<String, Parameter> parameters, StateType type) {
        return new Muon(parameters, this, type);
    }

    /** Whether Muon is meant for a parameter: matrices, but neither embedding tables nor first and last layers. */
    static boolean suits(Map.Entry<String, Parameter> parameter) {
        String name = parameter.getKey();
        return parameter.getValue().shape().dimension() > 1
                && !name.contains("embedding")
                && !name.contains("conv_in")
                && !name.contains("conv_out");
    }
}
