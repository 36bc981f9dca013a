package io.percolate.pipeline.training.memory;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingTask;
import java.util.function.IntFunction;

/**
 * What optimisation steps take.
 *
 * @param gflop arithmetic of the forward pass for one image, in 10^9 operations
 * @param secondsPerImage of a step's forward and backward pass
 * @param secondsPerStep of what a step does once, whatever its images: above all, moving the weights
 */
public record ImageCost(double gflop, double secondsPerImage, double secondsPerStep) {

    private static final int SEVERAL = 3;

    /** What a step took. */
    private record Step(double gflop, double seconds) {}

    /**
     * Measures steps of one and of several images.
     *
     * @param open a training whose steps have so many images
     * @param plan how it computes
     */
    public static ImageCost of(IntFunction<TrainingTask> open, TrainingPlan plan) {
        Step one = second(open.apply(1), plan);
        Step several = second(open.apply(SEVERAL), plan);
        double perImage = Math.max(0, several.seconds - one.seconds) / (SEVERAL - 1);
        return new ImageCost(one.gflop, perImage, Math.max(0, one.seconds - perImage));
    }

    /** The second step, whose like all further ones are: the first fills the optimizer's state. */
    private static Step second(TrainingTask task, TrainingPlan plan) {
        try (task;
                NDManager manager = TorchEngine.newManager(plan.device())) {
            task.begin(Position.START);
            step(task, plan, manager);
            long start = System.nanoTime();
            double gflop = FlopCounter.count(() -> step(task, plan, manager)).total() / 1e9;
            return new Step(gflop, (System.nanoTime() - start) / 1e9);
        }
    }

    private static void step(TrainingTask task, TrainingPlan plan, NDManager manager) {
        Scope.run(() -> task.step(manager, RandomStream.of(plan.seed(), 0)));
    }
}
