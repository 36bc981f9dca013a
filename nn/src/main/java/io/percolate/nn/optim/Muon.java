package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import java.util.Map;

/**
 * Momentum made orthogonal (Jordan et al. 2024): every step of a matrix has singular values near 1, so rare
 * directions move as fast as common ones. For hidden layers only; here it needs a fraction of the time that AdamW
 * needs.
 *
 * <p>The singular values are levelled by five Newton-Schulz iterations, in bfloat16 where the processor multiplies
 * such numbers itself. A convolution counts as the matrix of its output channels against everything else. Not
 * thread-safe.
 */
public final class Muon implements UpdateRule {

    private static final String MOMENTUM = ".momentum";

    private final ParameterGroup weights;
    private final MuonConfig config;
    private final NDManager manager;
    private final AverageState momenta;
    private long steps;

    /** For trainable float32 parameters of two or more axes, by name. */
    public Muon(Map<String, Parameter> parameters, MuonConfig config) {
        this(parameters, config, StateType.FP32);
    }

    /** The same with momenta of another type. */
    Muon(Map<String, Parameter> parameters, MuonConfig config, StateType type) {
        this.config = config;
        manager = ParameterGroup.managerOf(parameters);
        weights = new ParameterGroup(parameters);
        momenta = AverageState.zeros(manager, weights, type);
    }

    @Override
    public void step(double learningRate) {
        double rate = learningRate * config.learningRateRatio();
        momenta.update(
                weights.withGradients(),
                steps,
                (x, momentum) -> x.muon(momentum, rate, config.momentum(), config.weightDecay()));
        steps++;
    }

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
