package io.percolate.pipeline.training.session;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Linear;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The smallest training there is: a line through noisy points; from step {@code brokenFrom} on its loss is NaN. */
final class LineTask implements TrainingTask {

    private final NDManager manager = TorchEngine.newManager();
    private final Linear line;
    private final Optimizer optimizer;
    private final int inputs;
    private final long brokenFrom;
    private Position position;
    private double waited;
    private double wait;

    LineTask(TrainingPlan plan, long brokenFrom) {
        this(plan, 3, brokenFrom);
    }

    LineTask(TrainingPlan plan, int inputs, long brokenFrom) {
        line = new Linear(inputs, 1);
        this.inputs = inputs;
        this.brokenFrom = brokenFrom;
        line.initialise(manager, 1);
        line.makeTrainable();
        optimizer = new Optimizer(line.parameters(), plan.optimizerConfig());
    }

    /** The same with steps that wait for their images. */
    LineTask waiting(double seconds) {
        wait = seconds;
        return this;
    }

    float[] weights() {
        return line.parameters().get("weight").value().toFloatArray();
    }

    @Override
    public Map<String, Parameter> parameters() {
        return line.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public void begin(Position start) {
        position = start;
    }

    @Override
    public Position position() {
        return position;
    }

    @Override
    public StepResult step(NDManager manager, RandomSource random) {
        long step = optimizer.steps();
        awaitImages();
        NDArray x = new RandomStream(position.index()).uniform(manager, new Shape(8, inputs));
        position = new Position(0, position.index() + 1);
        return StepResult.of(optimizer.minimise(() -> {
            NDArray error = line.forward(x).sub(x.sum(new int[] {1}, true));
            return error.square().mean().mul(step >= brokenFrom ? Float.NaN : 1);
        }));
    }

    @Override
    public double waitedSeconds() {
        return waited;
    }

    private void awaitImages() {
        long begin = System.nanoTime();
        double enough = waited + wait;
        while (waited < enough) {
            LockSupport.parkNanos((long) (wait * 1e9));
            waited += (System.nanoTime() - begin) / 1e9;
            begin = System.nanoTime();
        }
    }

    @Override
    public void writeSample(NDManager manager, Path png) {
        write(png);
    }

    @Override
    public void save(Path folder) {
        write(folder.resolve("model"));
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "done");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        optimizer.close();
        manager.close();
    }
}
