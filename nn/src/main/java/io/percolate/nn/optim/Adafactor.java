package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TensorList.AdafactorStep;
import io.percolate.nn.layers.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam without a running mean, whose squares are kept as row and column means (Shazeer and Stern 2018, algorithms 4 and
 * 5), with torch's numbers: next to no memory beside the weights.
 *
 * <p>The last two axes of a parameter are its rows and columns; a vector keeps a square for each element. Steps are
 * relative to the size of a parameter. Not thread-safe.
 */
public final class Adafactor implements UpdateRule {

    private static final String ROWS = ".row_var";
    private static final String COLUMNS = ".col_var";
    private static final String VARIANCE = ".variance";

    private final ParameterGroup matrices;
    private final ParameterGroup vectors;
    private final AdafactorConfig config;
    private final NDManager manager;
    private final AverageState rows;
    private final AverageState columns;
    private final AverageState variances;
    private long steps;

    /** For trainable float32 parameters ({@link io.percolate.nn.layers.Layer#makeTrainable}), by name. */
    public Adafactor(Map<String, Parameter> parameters, AdafactorConfig config) {
        this.config = config;
        manager = ParameterGroup.managerOf(parameters);
        matrices = ParameterGroup.where(parameters, shape -> shape.dimension() > 1);
        vectors = ParameterGroup.where(parameters, shape -> shape.dimension() <= 1);
        rows = AverageState.zeros(manager, matrices, StateType.FP32, shape -> withOne(shape, shape.dimension() - 1));
        columns = AverageState.zeros(manager, matrices, StateType.FP32, shape -> withOne(shape, shape.dimension() - 2));
        variances = AverageState.zeros(manager, vectors, StateType.FP32);
    }

    private static Shape withOne(Shape shape, int axis) {
        long[] sides = shape.getShape().clone();
        sides[axis] = 1;
        return new Shape(sides);
    }

    @Override
    public void step(double learningRate) {
        AdafactorStep numbers = numbers(steps + 1, learningRate);
        if (!matrices.isEmpty()) {
            matrices.withGradients().adafactor(rows.list(), columns.list(), numbers);
        }
        if (!vectors.isEmpty()) {
            vectors.withGradients().adafactor(variances.list(), numbers);
        }
        steps++;
    }

    private AdafactorStep numbers(long number, double learningRate) {
        return new AdafactorStep(
                Math.pow(number, config.beta2Decay()),
                Math.min(learningRate, 1 / Math.sqrt(number)),
                learningRate * config.weightDecay(),
                config.smallestScale(),
                config.clippingThreshold());
    }

    @Override
    public long steps() {
        return steps;
    }

    /** The means of squares as {@code NAME.row_var} and {@code NAME.col_var}, or {@code NAME.variance} of a vector. */
    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(rows.named(ROWS));
        state.putAll(columns.named(COLUMNS));
        state.putAll(variances.named(VARIANCE));
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> state, long stepsTaken) {
        rows.restore(state, ROWS);
        columns.restore(state, COLUMNS);
        variances.restore(state, VARIANCE);
        steps = stepsTaken;
    }

    @Override
    public void close() {
        manager.close();
    }
}
