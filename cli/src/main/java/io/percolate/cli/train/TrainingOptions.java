package io.percolate.cli.train;

import io.percolate.cli.options.TrainingLength;
import io.percolate.command.options.DeviceName;
import io.percolate.files.AtomicFile;
import io.percolate.files.MemorySize;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.recipe.ComputePlan;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that all trainings have. */
final class TrainingOptions {

    private static final String FILE = ".safetensors";

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of images to train on")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "run folder for the model, its checkpoint, log, loss plot and samples")
    private Path out;

    @Option(
            names = "--config",
            paramLabel = "FILE.json",
            description = "recipe with settings of network, loss and training; what it leaves out is as --resolution"
                    + " chooses, else as in the embedded model's, or for --pixel-space one for images of"
                    + " 64x64; docs/training.md has every key")
    private Path config;

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

    @Option(names = "--resume", description = "go on from the checkpoint in --out, if there is one")
    private boolean resume;

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

    @ArgGroup
    private TrainingLength length = new TrainingLength();

    /** The images to train on. */
    ImageDataset dataset() {
        return ImageDataset.open(data).split(Split.TRAIN);
    }

    Path out() {
        return out;
    }

    /** The run folder of a training that ends in one file: {@code --out}, or beside it if that names the file. */
    Path run() {
        String name = out.getFileName().toString();
        return isFile() ? out.resolveSibling(name.substring(0, name.length() - FILE.length())) : out;
    }

    /** What a training in {@link #run} wrote as {@code written}, at the place that {@code --out} names. */
    Path result(Path written) {
        if (isFile()) {
            AtomicFile.write(out, target -> Files.copy(written, target));
            return out;
        }
        return written;
    }

    private boolean isFile() {
        return out.toString().endsWith(FILE);
    }

    /** How long to train, watched by {@code listener}. */
    TrainingSession session(TrainingListener listener) {
        return new TrainingSession(length.budget(), resume, listener);
    }

    /** What the recipe says, if one is given. */
    Optional<RecipeOverlay> recipe() {
        return Optional.ofNullable(config).map(RecipeOverlay::read);
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
        ForecastReport report = new ForecastReport(forecast, length.budget());
        return json ? report.json() : report.text();
    }

    /** Fails if there is nothing to train for, or rather than start over in the folder of a previous run. */
    void check() {
        length.budget();
        if (!resume && !dryRun && Files.exists(run().resolve("checkpoint.safetensors"))) {
            throw new IllegalArgumentException(
                    "--out " + run() + " holds a previous run: go on with --resume, or give another folder");
        }
    }
}
