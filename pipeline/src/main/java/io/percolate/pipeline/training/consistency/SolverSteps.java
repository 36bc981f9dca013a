package io.percolate.pipeline.training.consistency;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchArray;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The steps of the solver that a consistency model is distilled from, evenly spaced.
 *
 * @param trainSteps number of training timesteps T
 * @param count how many steps there are
 */
public record SolverSteps(int trainSteps, int count) {

    public SolverSteps {
        if (count < 1 || count > trainSteps) {
            throw new IllegalArgumentException(
                    "solver_steps is " + count + ", but the model has " + trainSteps + " timesteps: give 1 to as many");
        }
    }

    /** A step at random for each of {@code images}. */
    int[] sample(int images, RandomGenerator random) {
        return random.ints(images, 0, count).toArray();
    }

    /** Where {@code steps} begin (B). */
    NDArray from(int[] steps, NDManager manager) {
        return TorchArray.of(manager, Arrays.stream(steps).mapToLong(this::from).toArray());
    }

    /** Where they end (B), with less noise. */
    NDArray to(int[] steps, NDManager manager) {
        return TorchArray.of(
                manager,
                Arrays.stream(steps)
                        .mapToLong(step -> Math.max(0, from(step) - stride()))
                        .toArray());
    }

    private long from(int step) {
        return (step + 1L) * stride() - 1;
    }

    private int stride() {
        return trainSteps / count;
    }
}
