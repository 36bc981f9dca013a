package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** How parameters move along their gradients, with a state that can be saved and restored by name. */
public sealed interface UpdateRule extends AutoCloseable permits AdamW, Adafactor, MomentumRule {

    /**
     * Moves every parameter along its gradient; the gradients stay unchanged.
     *
     * @throws IllegalStateException if no gradient ever reached some parameters; it names all of them
     */
    void step(double learningRate);

    /** Number of steps taken. */
    long steps();

    /** The running averages, as parameter name plus a suffix for each kind: the live arrays, not copies. */
    Map<String, NDArray> state();

    /**
     * Continues where another run was: copies the arrays in.
     *
     * @param state what {@link #state} gave there, possibly among other arrays
     * @param stepsTaken what {@link #steps} gave there
     * @throws IllegalArgumentException if names or shapes differ; it lists all that do
     */
    void restore(Map<String, NDArray> state, long stepsTaken);

    /** Frees the state; the parameters stay. */
    @Override
    void close();
}
