package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.Optimizer.Update;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingListener.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the steps of a {@link TrainingTask} until its budget is spent: gradients, clipping, update, averaged
 * weights; and keeps the run folder: {@code checkpoint.safetensors}, {@code log.jsonl}, {@code loss.png},
 * {@code samples/} and, at every save, the model itself. A run that is killed goes on from its last checkpoint.
 */
public final class TrainingLoop {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
    private static final int STEPS_PER_LOG = 25;

    private final TrainingTask task;
    private final TrainingPlan plan;
    private final Path folder;
    private final TrainingSession sitting;

    public TrainingLoop(TrainingTask task, TrainingPlan plan, Path folder, TrainingSession sitting) {
        this.task = task;
        this.plan = plan;
        this.folder = folder;
        this.sitting = sitting;
    }

    /** Trains from the beginning, or from the last checkpoint, as the sitting says. */
    public TrainingResult run() {
        try (StopSignal stop = new StopSignal();
                NDManager manager = TorchEngine.newManager();
                TrainingState state = new TrainingState(task.parameters(), plan, checkpoint())) {
            Files.createDirectories(samples());
            task.begin(sitting.resume() && state.isSaved() ? state.restore() : Position.START);
            TrainingLog log = new TrainingLog(folder.resolve("log.jsonl"), state.step());
            TrainingResult result = repeat(manager, state, stop, values -> {
                log.add(values);
                if (state.step() % STEPS_PER_LOG == 0) {
                    log.write(state.step(), state.seconds());
                }
                sitting.listener().stepped(progress(state, values, stop));
            });
            sitting.listener().finished(result);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the run in " + folder + ": " + e.getMessage(), e);
        }
    }

    private TrainingResult repeat(
            NDManager manager, TrainingState state, StopSignal stop, Consumer<Map<String, Double>> report) {
        Interval save = new Interval(plan.saveMinutes());
        Interval sample = new Interval(plan.sampleMinutes());
        while (spent(state) < 1 && !stop.raised()) {
            report.accept(step(manager, state));
            if (sample.rings()) {
                sample(manager, state);
            }
            if (save.rings()) {
                save(state);
            }
        }
        TrainingResult result = result(state);
        if (!stop.raised()) {
            sample(manager, state);
        }
        save(state);
        return result;
    }

    private Map<String, Double> step(NDManager manager, TrainingState state) {
        Map<String, Double> values = new LinkedHashMap<>();
        Supplier<Map<String, Double>> backward = () -> task.backward(manager, state.step());
        Scope.run(() -> values.putAll(
                Gradients.on(plan.gradientCheckpointing() ? () -> GradientCheckpointing.during(backward) : backward)));
        long total = sitting.budget().totalSteps(state.step(), state.seconds());
        LearningRate schedule = new LearningRate.Cosine(
                plan.learningRate(), plan.warmupSteps(), Math.max(total, plan.warmupSteps() + 1L));
        Update update = state.update(schedule.at(state.step()));
        if (!update.finite() || !Double.isFinite(values.get("loss"))) {
            throw new TrainingException(
                    ("the loss of step %d is %s, its gradient %s: training stopped; the last checkpoint"
                                    + " in %s is good, resume from it with a lower learning_rate")
                            .formatted(update.step(), values.get("loss"), update.gradientNorm(), folder));
        }
        values.put("learning_rate", update.learningRate());
        values.put("gradient_norm", (double) update.gradientNorm());
        values.put("images_per_second", state.step() * plan.batchSize() / state.seconds());
        return values;
    }

    private void sample(NDManager manager, TrainingState state) {
        Path png = samples().resolve(String.format(Locale.ROOT, "step-%07d.png", state.step()));
        Gradients.off(() -> {
            state.withAverages(() -> Scope.run(() -> draw(png, () -> task.drawSample(manager, png))));
            return null;
        });
    }

    private void save(TrainingState state) {
        Gradients.off(() -> {
            state.save(task.position());
            state.withAverages(() -> task.save(folder));
            return null;
        });
        Path plot = folder.resolve("loss.png");
        draw(plot, () -> LossPlot.draw(folder.resolve("log.jsonl"), plot));
        LOG.info("saved step {} in {}", state.step(), folder);
        sitting.listener().saved(state.step(), folder);
    }

    /** An image that cannot be drawn, for want of fonts for instance, is no reason to stop a training. */
    private static void draw(Path png, Runnable drawing) {
        try {
            drawing.run();
        } catch (RuntimeException | InternalError | NoClassDefFoundError e) {
            LOG.warn("cannot draw {}: {}", png, e.toString());
        }
    }

    private Progress progress(TrainingState state, Map<String, Double> values, StopSignal stop) {
        return new Progress(
                state.step(), state.seconds(), spent(state), Collections.unmodifiableMap(values), stop::raise);
    }

    private TrainingResult result(TrainingState state) {
        return new TrainingResult(state.step(), state.step() * plan.batchSize(), state.seconds(), spent(state) >= 1);
    }

    private double spent(TrainingState state) {
        return sitting.budget().spent(state.step(), state.seconds());
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.safetensors");
    }

    private Path samples() {
        return folder.resolve("samples");
    }
}
