package io.percolate.cluster.train;

import io.percolate.cluster.session.ClusterOptions;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.DryRun;
import io.percolate.cluster.session.MemoryNeed;
import io.percolate.cluster.session.SharedFolder;
import io.percolate.command.options.SpaceOptions;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.SharedDiffusion;
import io.percolate.pipeline.training.parallel.ParallelPlan;
import io.percolate.pipeline.training.parallel.ParallelTrainer;
import io.percolate.pipeline.training.parallel.WorkerSetup;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.PreviousRun;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate cluster train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train a diffusion model by several workers, and print its folder. All machines see the folders"
                + " under the same paths. --resume goes on from the last round.")
public final class ClusterTrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of images to train on")
    private Path data;

    @ArgGroup(multiplicity = "1")
    private SpaceOptions space;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "run folder for the model, its checkpoint, log, loss plot and samples")
    private Path out;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "trained model whose denoiser, text encoder and vocabulary to start from")
    private Path initial;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "side of the images in pixels, which chooses the network and its batch where the recipe does"
                    + " not (default: what the autoencoder was trained for, or 64 for --pixel-space)")
    private Integer resolution;

    @Option(
            names = "--config",
            paramLabel = "FILE.json",
            description = "recipe, as of train diffusion; its section outer is that of the local mode")
    private Path config;

    @Option(
            names = "--steps",
            required = true,
            paramLabel = "N",
            description = "optimisation steps of each worker, resumed runs included")
    private long steps;

    @Option(names = "--resume", description = "go on from the checkpoint in --out, if there is one")
    private boolean resume;

    @Mixin
    private SharingOptions sharing;

    @Mixin
    private DryRun dryRun;

    @Override
    public Integer call() {
        requireUnused();
        ParallelPlan plan = sharing.plan(cluster.executors());
        DiffusionFolders folders = new DiffusionFolders(
                space.autoencoder(), Optional.ofNullable(initial).map(DiffusionFolders.StartingModel::of), out);
        ImageDataset dataset = ImageDataset.open(data).split(Split.TRAIN);
        DiffusionRecipe recipe = recipe(dataset, folders);
        RoundForecast forecast = RoundForecast.of(recipe, dataset, folders, plan);
        Map<String, Object> memory = cluster.memory(forecast.need());
        if (!dryRun.isWanted()) {
            train(recipe, plan, forecast.need());
        }
        spec.commandLine().getOut().println(dryRun.isWanted() ? dryRun.text(forecast.values(memory)) : out);
        return 0;
    }

    private void train(DiffusionRecipe recipe, ParallelPlan plan, MemoryNeed need) {
        WorkerSetup setup = new WorkerSetup(
                plan,
                SharedFolder.absolute(data),
                SharedFolder.absolute(space.autoencoder().orElse(null)),
                SharedFolder.absolute(initial),
                SharedFolder.absolute(out));
        RoundLog log = new RoundLog(spec.commandLine().getErr());
        TrainingSession session = new TrainingSession(new Budget.Steps(steps), resume, log);
        try (ClusterSession connected = cluster.open("train", need)) {
            SharedDiffusion training = SharedDiffusion.begin(recipe, setup, session);
            ParallelTrainer.train(training, plan, session, new SparkWorkers(connected, setup));
        }
    }

    /** Rather than start over in the folder of a previous run. */
    private void requireUnused() {
        if (!resume && !dryRun.isWanted() && new PreviousRun(out).exists()) {
            throw new IllegalArgumentException(
                    out + " has a run already: give --resume to go on with it, or another folder to --out");
        }
    }

    private DiffusionRecipe recipe(ImageDataset dataset, DiffusionFolders folders) {
        OptionalInt side = resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
        return Presets.denoiser(
                dataset,
                folders.autoencoder(),
                side,
                Optional.ofNullable(config).map(RecipeOverlay::read));
    }
}
