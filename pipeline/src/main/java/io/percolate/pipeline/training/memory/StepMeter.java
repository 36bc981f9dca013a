package io.percolate.pipeline.training.memory;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.pipeline.training.session.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Measures steps of a training without leaving a limit.
 *
 * @param probe the training
 * @param limit the most megabytes that a step may be expected to need
 */
record StepMeter(TrainingProbe probe, double limit) {

    /** Of the few images of a probe: one. */
    private static final double HELD_OUT = 0.25;

    /** Steps of {@code plan}, whatever its batch. */
    StepModel model(TrainingPlan plan) {
        StepCost one = step(plan, 1, 1);
        return one.peak() + one.activations() > limit
                ? StepModel.of(one)
                : StepModel.of(one, step(plan, 2, 2), step(plan, 2, 1));
    }

    /** Whether a step of one image is expected to stay within the limit: a quarter of its pixels need a quarter. */
    boolean mayTry(TrainingPlan plan) {
        try {
            StepCost quarter = measured(plan, 1, 1, 2, task -> StepCost.ofStep(task, plan.device()));
            return quarter.resident() + 4 * quarter.activations() <= limit;
        } catch (IllegalArgumentException cannotBeHalved) {
            return true;
        }
    }

    /** What is computed beside the steps, of one image: it is encoded, sampled, and judged as if it were held out. */
    StepCost beside(TrainingPlan plan) {
        ValidationPlan one = new ValidationPlan(1, 1, HELD_OUT);
        TrainingPlan small = plan.withCompute(plan.compute()
                        .withBeside(plan.compute().beside().withSamples(1, 1).withPixelsAtOnce(pixels())))
                .withSaving(plan.saving().withValidation(one));
        StepCost opening = StepCost.of(() -> measured(small, 1, 1, 1, TrainingTask::position));
        return measured(small, 1, 1, 1, task -> sample(task, plan.device())).then(opening);
    }

    private static StepCost sample(TrainingTask task, Device device) {
        try (NDManager manager = TorchEngine.newManager(device)) {
            Path png = Files.createTempFile("sample", ".png");
            StepCost cost = StepCost.of(() -> Gradients.off(() -> {
                Scope.run(() -> task.writeSample(manager, png));
                return Scope.call(() -> task.validate(manager));
            }));
            Files.delete(png);
            return cost;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure a sample: " + e.getMessage(), e);
        }
    }

    private long pixels() {
        return probe.images().size().area();
    }

    /** What a training keeps between its steps. */
    MemoryUse kept(TrainingPlan plan) {
        return measured(plan, 1, 1, 1, MemoryUse::kept);
    }

    private StepCost step(TrainingPlan plan, int batch, int micro) {
        return measured(plan, batch, micro, 1, task -> StepCost.ofStep(task, plan.device()));
    }

    private <T> T measured(TrainingPlan plan, int batch, int micro, int divisor, Function<TrainingTask, T> work) {
        TrainingPlan small =
                plan.withBatchSize(batch).withCompute(plan.compute().withMicroBatch(micro));
        try (TrainingTask task = probe.open(small, divisor)) {
            task.begin(Position.START);
            return work.apply(task);
        }
    }
}
