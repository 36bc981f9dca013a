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
    private final NDManager manager;
    private final AverageState averages;
    private long updates;

    /** Starts as a copy of {@code parameters}. */
    public Ema(Map<String, Parameter> parameters, EmaDecay decay) {
        this.decay = decay;
        manager = ParameterGroup.managerOf(parameters);
        weights = new ParameterGroup(parameters);
        averages = AverageState.copies(manager, weights);
    }

    /** {@code average = decay average + (1 - decay) weight}. */
    public void update() {
        updates++;
        averages.list().lerp(weights.values(), 1 - decay.at(updates));
    }

    /** Runs {@code body} with the averages as the model's weights, and puts the weights back afterwards. */
    public <T> T applied(Supplier<T> body) {
        swap();
        try {
            return body.get();
        } finally {
            swap();
        }
    }

    private void swap() {
        averages.list().swap(weights.values());
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
