package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.Gradients;
import io.percolate.nn.Parameter;
import io.percolate.nn.Scope;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One step of training after another: gradients, clipping, {@link AdamW}, {@link Ema}, gradients cleared.
 *
 * <pre>{@code
 * float loss = 0;
 * for (Batch part : parts) {
 *     loss += optimizer.accumulate(parts.size(), () -> model.loss(part));
 * }
 * Update update = optimizer.step();
 * }</pre>
 *
 * Not thread-safe.
 */
public final class Optimizer implements AutoCloseable {

    private final Trainables weights;
    private final OptimizerConfig config;
    private final AdamW adamW;
    private final Ema ema;

    /** For trainable float32 parameters ({@link io.percolate.nn.Layer#makeTrainable}), by name. */
    public Optimizer(Map<String, Parameter> parameters, OptimizerConfig config) {
        this.config = config;
        weights = new Trainables(parameters);
        adamW = new AdamW(parameters, config.adamW());
        ema = new Ema(parameters, config.ema());
    }

    /**
     * Adds the gradient of one of {@code parts} equal parts of a batch, and frees what it took.
     *
     * @param loss the mean loss of this part, a float32 scalar; runs with gradients on, in a scope of its own
     * @return this part's share of the batch's mean loss: the sum over the parts is the loss
     */
    public float accumulate(int parts, Supplier<NDArray> loss) {
        try (NDArray share = Scope.keep(() -> Gradients.on(() -> loss.get().div(parts)))) {
            Gradients.backward(share);
            return share.getFloat();
        }
    }

    /**
     * Moves the weights along the accumulated gradients and clears them. If their norm is not finite, the
     * weights, the averages and the step count stay as they were.
     *
     * @throws IllegalStateException if no gradient ever reached some parameters; it names all of them
     */
    public Update step() {
        double learningRate = config.learningRate().at(adamW.steps());
        Update update = new Update(adamW.steps(), config.clipping().clip(weights), learningRate);
        if (update.finite()) {
            adamW.step(learningRate);
            ema.update();
        }
        weights.values().clearGradients();
        return update;
    }

    /** The state to save, and to restore into. */
    public AdamW adamW() {
        return adamW;
    }

    /** The averaged weights. */
    public Ema ema() {
        return ema;
    }

    /** Frees the state; the parameters stay. */
    @Override
    public void close() {
        adamW.close();
        ema.close();
    }

    /**
     * What a step did.
     *
     * @param step its number, counted from 0
     * @param gradientNorm Euclidean norm of all gradients before clipping
     * @param learningRate the step size
     */
    public record Update(long step, float gradientNorm, double learningRate) {

        /** Whether the weights moved: they do not if the gradients contain infinity or NaN. */
        public boolean finite() {
            return Float.isFinite(gradientNorm);
        }
    }
}
