package io.percolate.pipeline.training.parallel;

import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.io.Serializable;

/**
 * How several workers share a training.
 *
 * @param mode what they do between two exchanges
 * @param workers how many there are
 * @param wire what they send
 */
public record ParallelPlan(ParallelMode mode, int workers, WireType wire) implements Serializable {

    public ParallelPlan {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers: give 1 or more");
        }
        if (!mode.suits(wire)) {
            throw new IllegalArgumentException("a synchronous training sends fp32, not "
                    + wire.name().toLowerCase() + ": its sum would no longer be the gradient of one machine");
        }
    }

    /** The part of worker number {@code index}, counted from 0. */
    public WorkerSlice slice(int index) {
        return new WorkerSlice(index, workers);
    }

    /** Steps of a worker in a round of a training like that. */
    public int innerSteps(TrainingPlan plan) {
        return mode.innerSteps(plan.optimizerConfig());
    }

    /** Images of a step of all workers together. */
    public int batchSize(TrainingPlan plan) {
        return mode.batchSize(plan.batchSize(), workers);
    }

    /** Most images of a step of one worker. */
    public int workerBatchSize(TrainingPlan plan) {
        return (batchSize(plan) + workers - 1) / workers;
    }
}
