package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.OptionalImage;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the steps of a {@link TrainingTask} until its budget is spent, and keeps the run folder: {@code
 * checkpoint.safetensors}, {@code log.jsonl}, {@code loss.png}, {@code samples/} and, at every save, the model itself.
 * A run that is killed goes on from its last checkpoint.
 */
public final class TrainingLoop {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

    private final TrainingTask task;
    private final TrainingPlan plan;
    private final RunFolder folder;
    private final TrainingSession session;
    private final TrainingState state;

    /** A training of {@code task} in {@code folder}. */
    public TrainingLoop(TrainingTask task, TrainingPlan plan, Path folder, TrainingSession session) {
        this.task = task;
        this.plan = plan;
        this.folder = new RunFolder(folder);
        this.session = session;
        state = new TrainingState(task, this.folder.checkpoint());
    }

    /** Trains from the beginning, or from the last checkpoint, as the session says. */
    public TrainingResult run() {
        try (StopSignal stop = new StopSignal();
                NDManager manager = TorchEngine.newManager()) {
            folder.create();
            task.begin(session.resume() && state.isSaved() ? state.restore() : Position.START);
            TrainingLog log = new TrainingLog(folder.log(), state.step());
            TrainingResult result = repeat(manager, stop, log, values -> {
                log.add(state.step(), state.seconds(), values);
                session.listener().stepped(progress(values, stop));
            });
            session.listener().finished(result);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the run in " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    private TrainingResult repeat(
            NDManager manager, StopSignal stop, TrainingLog log, Consumer<Map<String, Double>> report) {
        Interval save = new Interval(plan.saving().saveMinutes());
        Interval sample = new Interval(plan.saving().sampleMinutes());
        while (spent() < 1 && !stop.raised()) {
            report.accept(step(manager));
            if (sample.hasPassed()) {
                sample(manager);
            }
            if (save.hasPassed()) {
                save();
            }
        }
        TrainingResult result = result();
        if (!stop.raised()) {
            sample(manager);
        }
        log.flush(state.step(), state.seconds());
        save();
        return result;
    }

    private Map<String, Double> step(NDManager manager) {
        long step = state.step();
        task.optimizer().setLearningRate(plan.optimizer().learningRate().at(step, totalSteps()));
        double waited = task.waitedSeconds();
        double began = state.seconds();
        StepResult result = Scope.call(() -> task.step(manager, RandomStream.of(plan.seed(), step)));
        requireFinite(result);
        Map<String, Double> values = result.values();
        values.put("data_wait", (task.waitedSeconds() - waited) / (state.seconds() - began));
        values.put("images_per_second", state.step() * plan.batchSize() / state.seconds());
        return values;
    }

    private void requireFinite(StepResult result) {
        if (!result.update().finite()) {
            throw new TrainingException(
                    ("the loss of step %d is %s, its gradient %s: training stopped; the last checkpoint"
                                    + " in %s is good, resume from it with a lower learning_rate")
                            .formatted(
                                    result.update().step(),
                                    result.update().loss(),
                                    result.update().gradientNorm(),
                                    folder.path()));
        }
    }

    private void sample(NDManager manager) {
        Path png = folder.sample(state.step());
        Gradients.off(() -> {
            state.withAverages(
                    () -> Scope.run(() -> OptionalImage.write(png, file -> task.writeSample(manager, file))));
            return null;
        });
    }

    private void save() {
        Gradients.off(() -> {
            state.save(task.position());
            state.withAverages(() -> task.save(folder.path()));
            return null;
        });
        folder.plotLoss();
        LOG.info("saved step {} in {}", state.step(), folder.path());
        session.listener().saved(state.step(), folder.path());
    }

    private TrainingProgress progress(Map<String, Double> values, StopSignal stop) {
        return new TrainingProgress(state.step(), state.seconds(), spent(), values, stop::raise);
    }

    private TrainingResult result() {
        return new TrainingResult(state.step(), state.step() * plan.batchSize(), state.seconds(), spent() >= 1);
    }

    private double spent() {
        return session.budget().spent(state.step(), state.seconds());
    }

    private long totalSteps() {
        return session.budget().totalSteps(state.step(), state.seconds());
    }
}
