package io.percolate.pipeline.training.memory;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingTask;

/**
 * What an optimisation step takes for one image.
 *
 * @param gflop arithmetic of its forward pass, in 10^9 operations
 * @param seconds of the whole step, which is the second of two
 */
public record ImageCost(double gflop, double seconds) {

    /** Measures {@code task}, whose steps have one image each, as {@code plan} says. */
    public static ImageCost of(TrainingTask task, TrainingPlan plan) {
        try (NDManager manager = TorchEngine.newManager(plan.device())) {
            task.begin(Position.START);
            double gflop = FlopCounter.count(() -> step(task, plan, manager)).total() / 1e9;
            long start = System.nanoTime();
            step(task, plan, manager);
            return new ImageCost(gflop, (System.nanoTime() - start) / 1e9);
        }
    }

    private static void step(TrainingTask task, TrainingPlan plan, NDManager manager) {
        Scope.run(() -> task.step(manager, RandomStream.of(plan.seed(), 0)));
    }
}
