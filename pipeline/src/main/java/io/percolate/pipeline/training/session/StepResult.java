package io.percolate.pipeline.training.session;

import io.percolate.nn.optim.Optimizer.Update;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimisation step did.
 *
 * @param update of the weights
 * @param terms of the loss, before weighting, by name; empty if it has one alone
 */
public record StepResult(Update update, Map<String, Double> terms) {

    /** A step whose loss has one term. */
    public static StepResult of(Update update) {
        return new StepResult(update, Map.of());
    }

    /** What the log keeps of it: {@code loss}, its terms, {@code learning_rate} and {@code gradient_norm}. */
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", (double) update.loss());
        values.putAll(terms);
        values.put("learning_rate", update.learningRate());
        values.put("gradient_norm", (double) update.gradientNorm());
        return values;
    }
}
