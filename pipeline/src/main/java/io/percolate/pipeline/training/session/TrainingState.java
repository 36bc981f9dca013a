package io.percolate.pipeline.training.session;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a training needs to go on after it was killed: weights, optimiser, averaged weights, step,
 * time spent and the place in the data; kept in one {@link Checkpoint}.
 */
final class TrainingState {

    private static final String WEIGHTS = "weights";
    private static final String OPTIMIZER = "optimizer";
    private static final String AVERAGES = "averages";

    private final Map<String, Parameter> parameters;
    private final Optimizer optimizer;
    private final Path file;
    private double earlierSeconds;
    private long resumedAt = System.nanoTime();

    TrainingState(TrainingTask task, Path file) {
        parameters = task.parameters();
        optimizer = task.optimizer();
        this.file = file;
    }

    long step() {
        return optimizer.steps();
    }

    /** Seconds of training so far, over all sessions. */
    double seconds() {
        return earlierSeconds + (System.nanoTime() - resumedAt) / 1e9;
    }

    /** Runs {@code body} with the averaged weights in the network. */
    void withAverages(Runnable body) {
        optimizer.ema().applied(() -> {
            body.run();
            return null;
        });
    }

    void save(Position position) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> weights.put(name, parameter.value()));
        Map<String, Map<String, NDArray>> groups = new LinkedHashMap<>();
        groups.put(WEIGHTS, weights);
        groups.put(OPTIMIZER, optimizer.state());
        groups.put(AVERAGES, optimizer.ema().state());
        Map<String, Number> progress =
                Map.of("step", step(), "seconds", seconds(), "epoch", position.epoch(), "index", position.index());
        Scope.run(() -> Checkpoint.save(file, groups, progress));
    }

    boolean isSaved() {
        return Files.exists(file);
    }

    /** Takes everything back from the file. */
    Position restore() {
        try (NDManager manager = TorchEngine.newManager();
                Checkpoint saved = Checkpoint.open(file)) {
            JsonConfig progress = saved.progress();
            restoreWeights(saved.group(WEIGHTS), manager);
            optimizer.restore(
                    read(saved.group(OPTIMIZER), manager),
                    read(saved.group(AVERAGES), manager),
                    progress.integer("step"));
            earlierSeconds = progress.number("seconds");
            resumedAt = System.nanoTime();
            return new Position(progress.integer("epoch"), progress.integer("index"));
        }
    }

    private void restoreWeights(StateDict weights, NDManager manager) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> shapes.put(name, parameter.shape()));
        if (!LoadReport.compare(weights, shapes).fits()) {
            throw new IllegalArgumentException(
                    file + " belongs to another model than the recipe describes: resume with the recipe it began with");
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
