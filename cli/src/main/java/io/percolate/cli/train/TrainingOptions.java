package io.percolate.cli.train;

import io.percolate.command.options.DeviceName;
import io.percolate.files.AtomicFile;
import io.percolate.files.MemorySize;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.recipe.ComputePlan;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of all trainings of networks on images. */
final class TrainingOptions extends RunOptions {

    private static final String FILE = ".safetensors";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "images per optimisation step (default: what the recipe says, else by resolution)")
    private Integer batch;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            converter = ScheduleName.class,
            completionCandidates = ScheduleName.class,
            description =
                    "how the learning rate falls after the warm-up, one of ${COMPLETION-CANDIDATES} (default: what"
                            + " the recipe says, else cosine for a new model, constant for one that exists)")
    private Decay schedule;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "most memory that the training may take, such as 4G: how many images go through the network"
                    + " together, and whether blocks are computed again, is chosen to fit (default: no limit)")
    private String memory;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            converter = DeviceName.Reader.class,
            description = "device to compute on: cpu, gpu or gpu:N (default: what the recipe says, else cpu)")
    private DeviceName device;

    @Option(
            names = "--dry-run",
            description =
                    "measure a few steps, print what the training would take in memory and time, and train nothing")
    private boolean dryRun;

    @Option(names = "--json", description = "print what --dry-run measures as one JSON object")
    private boolean json;

    /** The run folder of a training that ends in one file: {@code --out}, or beside it if that names the file. */
    @Override
    Path run() {
        String name = out().getFileName().toString();
        return isFile() ? out().resolveSibling(name.substring(0, name.length() - FILE.length())) : out();
    }

    /** What a training in {@link #run} wrote as {@code written}, at the place that {@code --out} names. */
    Path result(Path written) {
        if (isFile()) {
            AtomicFile.write(out(), target -> Files.copy(written, target));
            return out();
        }
        return written;
    }

    private boolean isFile() {
        return out().toString().endsWith(FILE);
    }

    /** {@code plan} with the batch, the schedule, the memory and the device that are given, if any are. */
    TrainingPlan over(TrainingPlan plan) {
        if (batch != null && batch < 1) {
            throw new IllegalArgumentException("--batch " + batch + ": train on 1 image per step or more");
        }
        TrainingPlan sized = batch == null ? plan : plan.withBatchSize(batch);
        TrainingPlan scheduled = schedule == null ? sized : sized.withOptimizer(scheduled(sized.optimizer()));
        return scheduled.withCompute(over(scheduled.compute()));
    }

    /** Fails if the device is not there. */
    private ComputePlan over(ComputePlan plan) {
        ComputePlan placed = device == null ? plan : plan.withDevice(device.device());
        new DeviceName(placed.device()).available();
        return memory == null ? placed : placed.withMemory(MemorySize.parse(memory));
    }

    private OptimizerPlan scheduled(OptimizerPlan plan) {
        return plan.withLearningRate(plan.learningRate().withDecay(schedule));
    }

    /** Whether to measure instead of training. */
    boolean dryRun() {
        return dryRun;
    }

    /** What {@code --dry-run} prints. */
    String report(TrainingForecast forecast) {
        ForecastReport report = new ForecastReport(forecast, length().budget());
        return json ? report.json() : report.text();
    }

    @Override
    void check() {
        if (dryRun) {
            length().budget();
        } else {
            super.check();
        }
    }
}
