package io.percolate.pipeline.training.memory;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.training.session.Companion;
import io.percolate.pipeline.training.session.TrainingTask;
import java.util.Collection;
import java.util.Map;

/**
 * What a network that is trained keeps in memory, in megabytes (10^6 bytes).
 *
 * @param weights float32
 * @param gradients one for each weight that learns, between the backward pass and the end of a step
 * @param optimizer what it remembers of earlier steps
 * @param averages of the weights
 */
public record NetworkMemory(double weights, double gradients, double optimizer, double averages) {

    static final NetworkMemory NONE = new NetworkMemory(0, 0, 0, 0);

    static NetworkMemory of(TrainingTask task) {
        Map<String, Parameter> parameters = task.parameters();
        double averages = megabytes(task.optimizer().ema().state().values());
        return new NetworkMemory(
                weights(parameters),
                gradients(parameters),
                megabytes(task.optimizer().state().values()),
                averages);
    }

    static NetworkMemory of(Companion companion) {
        double weights = weights(companion.parameters());
        return new NetworkMemory(
                weights, weights, megabytes(companion.optimizer().state().values()), 0);
    }

    private static double gradients(Map<String, Parameter> parameters) {
        return megabytes(parameters.values().stream()
                .map(Parameter::value)
                .filter(NDArray::hasGradient)
                .toList());
    }

    private static double weights(Map<String, Parameter> parameters) {
        return megabytes(parameters.values().stream().map(Parameter::value).toList());
    }

    private static double megabytes(Collection<NDArray> arrays) {
        return arrays.stream().mapToLong(TorchArray::bytes).sum() / 1e6;
    }

    /** All that stays between two steps. */
    double kept() {
        return weights + optimizer + averages;
    }

    /** All together. */
    public double total() {
        return kept() + gradients;
    }
}
