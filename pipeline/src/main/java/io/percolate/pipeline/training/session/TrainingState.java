package io.percolate.pipeline.training.session;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TensorList;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.pipeline.data.Position;
import io.percolate.weights.safetensors.Checkpoint;
import io.percolate.weights.tensors.LoadReport;
import io.percolate.weights.tensors.StateDict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that a training needs to go on after it was killed: weights, optimiser, averaged weights, step,
 * time spent, the place in the data, and the same of a network that trains beside; kept in one {@link Checkpoint}.
 */
final class TrainingState {

    private static final String WEIGHTS = "weights";
    private static final String OPTIMIZER = "optimizer";
    private static final String AVERAGES = "averages";

    private final Map<String, Parameter> parameters;
    private final Optimizer optimizer;
    private final Optional<Companion> companion;
    private final CheckpointFiles files;
    private final TrainingClock clock;
    private final SpentTime passed = new SpentTime(TrainingClock.WALL);
    private final SpentTime spent;

    TrainingState(TrainingTask task, CheckpointFiles files, TrainingClock clock) {
        this.clock = clock;
        spent = new SpentTime(clock);
        parameters = task.parameters();
        optimizer = task.optimizer();
        companion = task.companion();
        this.files = files;
    }

    long step() {
        return optimizer.steps();
    }

    /** Seconds of training so far, over all sessions. */
    double seconds() {
        return passed.seconds();
    }

    /** The same by the clock that its budget is counted by. */
    double spentSeconds() {
        return spent.seconds();
    }

    /** Runs {@code body} with the averaged weights in the network, and without gradients. */
    <T> T withAverages(Supplier<T> body) {
        return Gradients.off(() -> optimizer.ema().applied(body));
    }

    /** The same. */
    void withAverages(Runnable body) {
        withAverages(() -> {
            body.run();
            return null;
        });
    }

    /**
     * Writes everything to the disk.
     *
     * @param position where the next step takes its images from
     * @param window what the log has not written yet
     */
    void save(Position position, LogWindow window) {
        Map<String, Map<String, NDArray>> groups = new LinkedHashMap<>();
        groups.put(WEIGHTS, values(parameters));
        groups.put(OPTIMIZER, optimizer.state());
        groups.put(AVERAGES, optimizer.ema().state());
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("step", step());
        progress.put("seconds", seconds());
        progress.put("clock", clock.name());
        progress.put("clock_seconds", spentSeconds());
        progress.put("epoch", position.epoch());
        progress.put("index", position.index());
        progress.put("log", window.values());
        companion.ifPresent(other -> {
            groups.put(other.name(), values(other.parameters()));
            groups.put(other.optimizerGroup(), other.optimizer().state());
            progress.put(other.stepCount(), other.optimizer().steps());
        });
        Gradients.off(() -> {
            Scope.run(() -> files.save(file -> Checkpoint.save(file, groups, progress)));
            return null;
        });
    }

    private static Map<String, NDArray> values(Map<String, Parameter> parameters) {
        Map<String, NDArray> values = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }

    boolean isSaved() {
        return files.exist();
    }

    /** Takes everything back from the newest file that is whole. */
    Restored restore() {
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                Checkpoint saved = files.open()) {
            JsonConfig progress = saved.progress();
            requireClock(progress);
            restoreWeights(parameters, saved.group(WEIGHTS), manager);
            optimizer.restore(
                    read(saved.group(OPTIMIZER), manager),
                    read(saved.group(AVERAGES), manager),
                    progress.integer("step"));
            companion.ifPresent(other -> restore(other, saved, manager));
            passed.goOnFrom(progress.number("seconds"));
            spent.goOnFrom(progress.number("clock_seconds", progress.number("seconds")));
            return new Restored(
                    new Position(progress.integer("epoch"), progress.integer("index")),
                    progress.section("log").map(LogWindow::of).orElseGet(LogWindow::new));
        }
    }

    /**
     * What a training goes on with beside its weights.
     *
     * @param position where the next step takes its images from
     * @param window what the log has not written yet
     */
    record Restored(Position position, LogWindow window) {

        static Restored nothing() {
            return new Restored(Position.START, new LogWindow());
        }
    }

    private void restore(Companion other, Checkpoint saved, NDManager manager) {
        restoreWeights(other.parameters(), saved.group(other.name()), manager);
        other.optimizer()
                .restore(
                        read(saved.group(other.optimizerGroup()), manager),
                        saved.progress().integer(other.stepCount()));
    }

    private void requireClock(JsonConfig progress) {
        String before = progress.string("clock", TrainingClock.WALL.name());
        if (!before.equals(clock.name())) {
            throw new IllegalArgumentException(
                    "the training in %s counts its time by the clock %s, not %s: go on with it"
                            .formatted(
                                    files.folder(),
                                    before.toLowerCase(Locale.ROOT),
                                    clock.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void restoreWeights(Map<String, Parameter> parameters, StateDict weights, NDManager manager) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> shapes.put(name, parameter.shape()));
        if (!LoadReport.compare(weights, shapes).fits()) {
            throw new IllegalArgumentException(files.newest()
                    + " belongs to another model than the recipe describes: resume with the recipe it began with");
        }
        Map<String, NDArray> read = read(weights, manager);
        List<NDArray> saved = parameters.keySet().stream().map(read::get).toList();
        Parameter.values(parameters.values()).copy(TensorList.of(saved));
    }

    private static Map<String, NDArray> read(StateDict dict, NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        dict.names().forEach(name -> arrays.put(name, Gradients.off(() -> dict.read(manager, name))));
        return arrays;
    }
}
