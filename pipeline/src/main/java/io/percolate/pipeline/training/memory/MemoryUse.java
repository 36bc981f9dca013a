package io.percolate.pipeline.training.memory;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.training.session.TrainingTask;
import java.util.Collection;

/**
 * What a training keeps in memory, in megabytes (10^6 bytes).
 *
 * @param weights of the networks that are trained
 * @param gradients one for each weight
 * @param optimizer what it remembers of earlier steps
 * @param averages of the weights
 * @param activations what a step takes on top, at most
 * @param rest the program itself, its libraries, and networks that are not trained
 */
public record MemoryUse(
        double weights, double gradients, double optimizer, double averages, double activations, double rest) {

    /** What {@code task} keeps, nothing else. */
    static MemoryUse kept(TrainingTask task) {
        double weights = task.parameters().values().stream()
                        .mapToLong(parameter -> parameter.shape().size())
                        .sum()
                * Float.BYTES
                / 1e6;
        double optimizer = megabytes(task.optimizer().state().values());
        double averages = megabytes(task.optimizer().ema().state().values());
        return new MemoryUse(weights, weights, optimizer, averages, 0, 0);
    }

    private static double megabytes(Collection<NDArray> arrays) {
        return arrays.stream().mapToLong(array -> array.getShape().size()).sum() * Float.BYTES / 1e6;
    }

    /** The same in a process that has {@code resident} megabytes in use between two steps, and {@code peak} at most. */
    MemoryUse within(double resident, double peak) {
        double known = weights + optimizer + averages;
        return new MemoryUse(
                weights,
                gradients,
                optimizer,
                averages,
                Math.max(0, peak - resident - gradients),
                Math.max(0, resident - known));
    }

    /** All together. */
    public double total() {
        return weights + gradients + optimizer + averages + activations + rest;
    }

    /** Float32 numbers that are trained. */
    public long parameters() {
        return Math.round(weights * 1e6 / Float.BYTES);
    }
}
