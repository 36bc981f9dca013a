package io.percolate.pipeline.training.parallel;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingSteps;

/**
 * Contributes the gradient of its images of every batch. It takes in whole batches, and all of their noise, as one
 * machine would; and so the sum over all workers is that machine's gradient to rounding. Between two rounds it keeps
 * nothing but its place in the data, which it is told.
 */
final class SynchronousWorker implements Worker {

    private final TrainingSteps task;
    private final long seed;
    private final NDManager manager;
    private final FlatWeights flat;
    private boolean begun;

    /** @param task leaves gradients and does not move the weights; closed with this worker */
    SynchronousWorker(TrainingSteps task, long seed) {
        this.task = task;
        this.seed = seed;
        manager = TorchEngine.newManager(
                task.parameters().values().iterator().next().device());
        flat = new FlatWeights(task.parameters(), manager);
    }

    @Override
    public Contribution contribute(Round round, float[] weights) {
        return Gradients.off(() -> {
            if (!begun || !task.position().equals(round.position())) {
                task.begin(round.position());
                begun = true;
            }
            flat.takeGradients();
            flat.set(weights);
            StepResult result = Scope.call(() -> task.step(manager, RandomStream.of(seed, round.step())));
            return new Contribution(
                    new WireVector.Floats(flat.takeGradients()), result.update().loss(), task.position());
        });
    }

    @Override
    public void close() {
        task.close();
        manager.close();
    }
}
