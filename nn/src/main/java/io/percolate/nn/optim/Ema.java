package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The exponential moving average of a model's weights, which samples better than the weights themselves
 * (Ho et al. 2020, appendix B). Not thread-safe.
 */
public final class Ema implements AutoCloseable {

    private final ParameterGroup weights;
    private final EmaDecay decay;
    private final StateType type;
    private final NDManager manager;
    private final AverageState averages;
    private long updates;

    /** Starts as a copy of {@code parameters}. */
    public Ema(Map<String, Parameter> parameters, EmaDecay decay) {
        this(parameters, decay, StateType.FP32);
    }

    /** The same with averages of another type. */
    Ema(Map<String, Parameter> parameters, EmaDecay decay, StateType type) {
        this.decay = decay;
        this.type = type;
        manager = ParameterGroup.managerOf(parameters);
        weights = new ParameterGroup(parameters);
        averages = AverageState.copies(manager, weights, type);
    }

    /** {@code average = decay average + (1 - decay) weight}. */
    public void update() {
        update(1);
    }

    /** The same {@code times} times with the same weights. */
    void update(int times) {
        double kept = 1;
        for (int i = 0; i < times; i++) {
            updates++;
            kept *= decay.at(updates);
        }
        double weight = 1 - kept;
        averages.update(weights.values(), -updates, (x, average) -> average.lerp(x, weight));
    }

    /** Runs {@code body} with the averages as the model's weights, and puts the weights back afterwards. */
    public <T> T applied(Supplier<T> body) {
        return type.exchanged(averages.list(), weights.values(), body);
    }

    /** Number of updates made. */
    public long updates() {
        return updates;
    }

    /** The averages under their parameters' names: the live arrays, not copies. */
    public Map<String, NDArray> state() {
        return averages.named("");
    }

    /**
     * Continues where another run was: copies the averages in.
     *
     * @param state what {@link #state} gave there
     * @param updatesMade what {@link #updates} gave there
     * @throws IllegalArgumentException if names or shapes differ; it lists all that do
     */
    public void restore(Map<String, NDArray> state, long updatesMade) {
        averages.restore(state, "");
        updates = updatesMade;
    }

    /** Frees the averages. */
    @Override
    public void close() {
        manager.close();
    }
}
