package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.Gradients;
import io.percolate.nn.Parameter;
import io.percolate.nn.Scope;
import io.percolate.nn.TensorList;
import io.percolate.nn.TorchEngine;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.Optimizer.Update;
import io.percolate.pipeline.data.Position;
import io.percolate.weights.ElementType;
import io.percolate.weights.SafeTensors;
import io.percolate.weights.StateDict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a training needs to go on after it was killed: weights, optimiser, averaged weights, step,
 * time spent and the place in the data. It is kept in one safetensors file, written whole or not at all.
 */
final class TrainingState implements AutoCloseable {

    private static final String WEIGHTS = "weights.";
    private static final String OPTIMIZER = "optimizer.";
    private static final String AVERAGES = "averages.";

    private final Map<String, Parameter> parameters;
    private final Optimizer optimizer;
    private final Path file;
    private double earlierSeconds;
    private long resumedAt = System.nanoTime();

    TrainingState(Map<String, Parameter> parameters, TrainingPlan plan, Path file) {
        this.parameters = parameters;
        this.file = file;
        optimizer = new Optimizer(parameters, plan.optimizer());
    }

    long step() {
        return optimizer.steps();
    }

    /** Seconds of training so far, over all sittings. */
    double seconds() {
        return earlierSeconds + (System.nanoTime() - resumedAt) / 1e9;
    }

    Update update(double learningRate) {
        return optimizer.step(learningRate);
    }

    /** Runs {@code body} with the averaged weights in the network. */
    void withAverages(Runnable body) {
        optimizer.ema().applied(() -> {
            body.run();
            return null;
        });
    }

    void save(Position position) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> tensors.put(WEIGHTS + name, parameter.value()));
        optimizer.state().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
        optimizer.ema().state().forEach((name, array) -> tensors.put(AVERAGES + name, array));
        Map<String, String> progress = Map.of(
                "step", Long.toString(step()),
                "seconds", Double.toString(seconds()),
                "epoch", Integer.toString(position.epoch()),
                "index", Integer.toString(position.index()));
        Scope.run(() -> SafeTensors.write(file, tensors, progress, ElementType.F32));
    }

    boolean isSaved() {
        return Files.exists(file);
    }

    /** Takes everything back from the file. */
    Position restore() {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors saved = SafeTensors.open(file)) {
            Map<String, String> progress = saved.metadata();
            restoreWeights(read(saved.under(WEIGHTS), manager));
            optimizer.restore(
                    read(saved.under(OPTIMIZER), manager),
                    read(saved.under(AVERAGES), manager),
                    Long.parseLong(progress.get("step")));
            earlierSeconds = Double.parseDouble(progress.get("seconds"));
            resumedAt = System.nanoTime();
            return new Position(Integer.parseInt(progress.get("epoch")), Integer.parseInt(progress.get("index")));
        }
    }

    private void restoreWeights(Map<String, NDArray> weights) {
        if (!weights.keySet().equals(parameters.keySet())) {
            throw new IllegalArgumentException(
                    file + " belongs to another model than the recipe describes: resume with the recipe it began with");
        }
        List<NDArray> saved = parameters.keySet().stream().map(weights::get).toList();
        TensorList.values(parameters.values()).copy(TensorList.of(saved));
    }

    private static Map<String, NDArray> read(StateDict dict, NDManager manager) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        dict.names().forEach(name -> arrays.put(name, Gradients.off(() -> dict.read(manager, name))));
        return arrays;
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
