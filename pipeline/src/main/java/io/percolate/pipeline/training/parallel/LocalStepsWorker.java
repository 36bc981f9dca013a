package io.percolate.pipeline.training.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.weights.safetensors.Checkpoint;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes H steps by itself and contributes how far it came (DiLoCo, Douillard et al. 2023, algorithm 1, lines 4 to 9).
 *
 * <p>Its optimizer, its place in the data and what rounding took from its last message go on from round to round. After
 * each round they are written to a file, from which any process goes on to the same numbers. Where that file is missing,
 * they begin anew, and the log has a warning.
 */
final class LocalStepsWorker implements Worker {

    private static final Logger LOG = LoggerFactory.getLogger(LocalStepsWorker.class);
    private static final String OPTIMIZER = "optimizer";
    private static final String MESSAGES = "messages";
    private static final String LOST = "lost";
    private static final long NOWHERE = -1;

    private final TrainingTask task;
    private final Optimizer optimizer;
    private final Settings settings;
    private final NDManager manager;
    private final FlatWeights flat;
    private final ErrorFeedback messages;
    private long at = NOWHERE;

    /** @param task closed with this worker */
    LocalStepsWorker(TrainingTask task, Settings settings) {
        this.task = task;
        optimizer = task.optimizer();
        this.settings = settings;
        manager = TorchEngine.newManager(
                task.parameters().values().iterator().next().device());
        flat = new FlatWeights(task.parameters(), manager);
        messages = new ErrorFeedback(settings.wire(), flat.size());
    }

    /**
     * What every round has in common.
     *
     * @param innerSteps H
     * @param rate the step size of the inner steps in the course of the training
     * @param seed of this worker's noise
     * @param wire what it sends
     * @param files what it leaves
     */
    record Settings(int innerSteps, LearningRate rate, long seed, WireType wire, WorkerFiles files) {}

    @Override
    public Contribution contribute(Round round, float[] weights) {
        return Gradients.off(() -> {
            if (at != round.step()) {
                restore(round.step());
            }
            at = NOWHERE;
            Contribution contribution = steps(round, weights);
            at = round.step() + settings.innerSteps();
            settings.files().save(at, this::save);
            return contribution;
        });
    }

    private Contribution steps(Round round, float[] weights) {
        flat.set(weights);
        double loss = 0;
        for (long step = round.step(); step < round.step() + settings.innerSteps(); step++) {
            loss += step(step, round.totalSteps());
        }
        return new Contribution(messages.send(difference(weights)), loss / settings.innerSteps(), Position.START);
    }

    private double step(long step, long totalSteps) {
        optimizer.setLearningRate(settings.rate().at(step, totalSteps));
        return Scope.call(() -> task.step(manager, RandomStream.of(settings.seed(), step)))
                .update()
                .loss();
    }

    /** The weights before the round less those after it. */
    private float[] difference(float[] before) {
        float[] difference = flat.values();
        for (int i = 0; i < difference.length; i++) {
            difference[i] = before[i] - difference[i];
        }
        return difference;
    }

    private void save(Path file) {
        Map<String, Map<String, NDArray>> groups = new LinkedHashMap<>();
        groups.put(OPTIMIZER, optimizer.state());
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("step", optimizer.steps());
        progress.put("epoch", task.position().epoch());
        progress.put("index", task.position().index());
        Scope.run(() -> {
            groups.put(MESSAGES, Map.of(LOST, TorchArray.of(manager, messages.lost())));
            Checkpoint.save(file, groups, progress);
        });
    }

    private void restore(long step) {
        Optional<Checkpoint> saved =
                step == 0 ? Optional.empty() : settings.files().open(step);
        if (step > 0 && saved.isEmpty()) {
            LOG.warn("{} has nothing of step {}: this worker's optimizer begins anew", settings.files(), step);
        }
        saved.ifPresentOrElse(this::restore, this::reset);
    }

    private void reset() {
        Scope.run(() -> {
            Map<String, NDArray> zeros = new LinkedHashMap<>();
            optimizer
                    .state()
                    .forEach((name, array) -> zeros.put(name, manager.zeros(array.getShape(), DataType.FLOAT32)));
            optimizer.restore(zeros, optimizer.ema().state(), 0);
        });
        messages.restore(new float[flat.size()]);
        task.begin(Position.START);
    }

    private void restore(Checkpoint saved) {
        try (saved) {
            Scope.run(() -> {
                Map<String, NDArray> state = read(saved.group(OPTIMIZER));
                optimizer.restore(
                        state, optimizer.ema().state(), saved.progress().integer("step"));
                messages.restore(read(saved.group(MESSAGES)).get(LOST).toFloatArray());
            });
            task.begin(new Position(
                    saved.progress().integer("epoch"), saved.progress().integer("index")));
        }
    }

    private Map<String, NDArray> read(StateDict dict) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        dict.names().forEach(name -> arrays.put(name, dict.read(manager, name)));
        return arrays;
    }

    @Override
    public void close() {
        task.close();
        manager.close();
    }
}
