package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.files.FailureReason;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.OptionalImage;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingState.Restored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the steps of a {@link TrainingTask} until its budget is spent, and keeps the run folder: {@code
 * checkpoint.safetensors} and the one before it, {@code log.jsonl}, {@code loss.png}, {@code samples/} and, at every
 * save, the model itself. A run that is killed goes on from its last checkpoint as if nothing had happened.
 */
public final class TrainingLoop {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

    private final TrainingTask task;
    private final TrainingPlan plan;
    private final RunFolder folder;
    private final TrainingSession session;
    private final TrainingState state;
    private Position position = Position.START;

    /** A training of {@code task} in {@code folder}. */
    public TrainingLoop(TrainingTask task, TrainingPlan plan, Path folder, TrainingSession session) {
        this.task = task;
        this.plan = plan;
        this.folder = new RunFolder(folder);
        this.session = session;
        session.clock().requireCounts(plan.device());
        state = new TrainingState(task, this.folder.checkpoints(), session.clock());
    }

    /**
     * Trains from the beginning, or from the last checkpoint, as the session says.
     *
     * @throws CancelledException if the thread is interrupted, which stays interrupted; a checkpoint is written before
     */
    public TrainingResult run() {
        try (StopSignal stop = new StopSignal();
                NDManager manager = TorchEngine.newManager(plan.device())) {
            folder.create();
            Restored restored = session.resume() && state.isSaved() ? state.restore() : Restored.nothing();
            position = restored.position();
            task.begin(position);
            TrainingLog log = new TrainingLog(folder.log(), state.step(), restored.window());
            TrainingResult result = repeat(manager, stop, log);
            session.listener().finished(result);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the run in " + folder.path() + ": " + FailureReason.of(e), e);
        }
    }

    private TrainingResult repeat(NDManager manager, StopSignal stop, TrainingLog log) {
        try {
            steps(manager, stop, log);
            TrainingResult result = result();
            if (!stop.raised()) {
                sample(manager);
                log.flush(state.step(), state.seconds());
            }
            save(log);
            return result;
        } catch (CancelledException cancelled) {
            state.save(position, log.window());
            throw new CancelledException("%s after step %d: resume it from %s"
                    .formatted(cancelled.getMessage(), state.step(), folder.path()));
        }
    }

    private void steps(NDManager manager, StopSignal stop, TrainingLog log) {
        Interval save = new Interval(plan.saving().saveMinutes());
        Interval sample = new Interval(plan.saving().sampleMinutes());
        while (spent() < 1 && !stop.raised()) {
            CancelledException.ifInterrupted("the training");
            long before = state.step();
            Map<String, Double> values = step(manager);
            log.add(state.step(), state.seconds(), values);
            session.listener().stepped(progress(values, stop));
            if (plan.saving().validation().isDue(before, state.step())) {
                validate(manager, log);
            }
            if (sample.hasPassed()) {
                sample(manager);
            }
            if (save.hasPassed()) {
                save(log);
            } else if (task.savesEveryStep()) {
                state.save(position, log.window());
            }
        }
    }

    private Map<String, Double> step(NDManager manager) {
        long step = state.step();
        task.optimizer().setLearningRate(plan.optimizer().learningRate().at(step, totalSteps()));
        task.expect(totalSteps());
        double waited = task.waitedSeconds();
        double began = state.seconds();
        StepResult result = Scope.call(() -> task.step(manager, RandomStream.of(plan.seed(), step)));
        requireFinite(result);
        position = task.position();
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
        state.withAverages(() -> Scope.run(() -> OptionalImage.write(png, file -> task.writeSample(manager, file))));
        folder.joinSamples(task.sampleSide());
    }

    private void validate(NDManager manager, TrainingLog log) {
        Supplier<Map<String, Double>> validation = () -> Scope.call(() -> task.validate(manager));
        session.listener().busy(Activity.VALIDATING, 0, 0);
        Map<String, Double> values = state.withAverages(validation);
        if (!values.isEmpty()) {
            log.write(state.step(), state.seconds(), values);
        }
    }

    private void save(TrainingLog log) {
        session.listener().busy(Activity.SAVING, 0, 0);
        state.save(position, log.window());
        state.withAverages(() -> task.save(folder.path()));
        folder.plotLoss();
        LOG.info("saved step {} in {}", state.step(), folder.path());
        session.listener().saved(state.step(), folder.path());
    }

    private TrainingProgress progress(Map<String, Double> values, StopSignal stop) {
        return new TrainingProgress(state.step(), state.seconds(), spent(), values, stop::raise);
    }

    private TrainingResult result() {
        return new TrainingResult(state.step(), state.step() * plan.batchSize(), state.spentSeconds(), spent() >= 1);
    }

    private double spent() {
        return session.budget().spent(state.step(), state.spentSeconds());
    }

    private long totalSteps() {
        return session.budget().totalSteps(state.step(), state.spentSeconds());
    }
}
