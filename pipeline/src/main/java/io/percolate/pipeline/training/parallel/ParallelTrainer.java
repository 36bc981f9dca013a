package io.percolate.pipeline.training.parallel;

import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;

/** Trains by several workers; the run folder is that of any training, see {@link TrainingLoop}. */
public final class ParallelTrainer {

    private static final WorkerSlice ALL = new WorkerSlice(0, 1);

    private ParallelTrainer() {}

    /** Trains until the budget of {@code session} is spent, which counts the steps of one worker. */
    public static TrainingResult train(
            SharedTraining training, ParallelPlan parallel, TrainingSession session, Workers workers) {
        TrainingPlan plan = training.plan();
        int batch = parallel.batchSize(plan);
        return RunLock.holding(training.run(), () -> {
            try (ParallelTask task = new ParallelTask(training.task(ALL, parallel.mode()::driver), parallel, workers)) {
                return new TrainingLoop(task, plan.withBatchSize(batch), training.run(), session).run();
            }
        });
    }

    /** Worker number {@code index} of the training, counted from 0; the caller closes it. */
    public static Worker worker(SharedTraining training, ParallelPlan parallel, int index) {
        return parallel.mode().worker(training, parallel.slice(index), parallel.wire());
    }
}
