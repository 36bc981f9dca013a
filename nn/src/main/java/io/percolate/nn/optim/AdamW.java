package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TensorList.AdamWStep;
import io.percolate.nn.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), with torch's numbers.
 *
 * <p>A step is one native call for the whole model if its state is float32. The state, two arrays for each parameter and
 * the number of steps taken, can be saved and restored by name; the run then goes on exactly as if it
 * had not been interrupted. Not thread-safe.
 */
public final class AdamW implements UpdateRule {

    private static final String MEAN = ".exp_avg";
    private static final String SQUARE = ".exp_avg_sq";

    private final ParameterGroup weights;
    private final AdamWConfig config;
    private final NDManager manager;
    private final AverageState means;
    private final AverageState squares;
    private long steps;

    /** For trainable float32 parameters ({@link io.percolate.nn.layers.Layer#makeTrainable}), by name. */
    public AdamW(Map<String, Parameter> parameters, AdamWConfig config) {
        this(parameters, config, StateType.FP32);
    }

    /** The same with a state of another type. */
    AdamW(Map<String, Parameter> parameters, AdamWConfig config, StateType type) {
        this.config = config;
        manager = ParameterGroup.managerOf(parameters);
        weights = new ParameterGroup(parameters);
        means = AverageState.zeros(manager, weights, type);
        squares = AverageState.zeros(manager, weights, type);
    }

    @Override
    public void step(double learningRate) {
        AdamWStep numbers = numbers(steps + 1, learningRate);
        means.update(weights.withGradients(), squares, steps, (x, mean, square) -> x.adamW(mean, square, numbers));
        steps++;
    }

    private AdamWStep numbers(long number, double learningRate) {
        return new AdamWStep(
                number, learningRate, config.beta1(), config.beta2(), config.weightDecay(), config.epsilon());
    }

    @Override
    public long steps() {
        return steps;
    }

    /** The running means as {@code NAME.exp_avg} and {@code NAME.exp_avg_sq}: the live arrays, not copies. */
    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(means.named(MEAN));
        state.putAll(squares.named(SQUARE));
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> state, long stepsTaken) {
        means.restore(state, MEAN);
        squares.restore(state, SQUARE);
        steps = stepsTaken;
    }

    @Override
    public void close() {
        manager.close();
    }
}
