package io.percolate.nn.optim;

import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * Momentum made orthogonal (Jordan et al. 2024): every step of a matrix has singular values near 1, so rare
 * directions move as fast as common ones. For hidden layers only; here it needs a fraction of the time that AdamW
 * needs.
 *
 * <p>The singular values are levelled by five Newton-Schulz iterations, in bfloat16 where the processor multiplies
 * such numbers itself. In float32, a matrix X that is at least twice as long in one direction is multiplied by the
 * polynomial in X Xᵀ that the iterations come to, which is the same for a third of the arithmetic. A convolution counts as the
 * matrix of its output channels against everything else. Not thread-safe.
 */
public final class Muon extends MomentumRule {

    private final MuonConfig config;

    /** For trainable float32 parameters of two or more axes, by name. */
    public Muon(Map<String, Parameter> parameters, MuonConfig config) {
        this(parameters, config, StateType.FP32);
    }

    /** The same with momenta of another type. */
    Muon(Map<String, Parameter> parameters, MuonConfig config, StateType type) {
        super(parameters, type, ".momentum");
        this.config = config;
    }

    @Override
    public void step(double learningRate) {
        double rate = learningRate * config.learningRateRatio();
        move(1, (x, momentum) -> x.muon(momentum, rate, config.momentum(), config.weightDecay()));
    }
}
