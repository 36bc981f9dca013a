package io.percolate.cli.train;

import io.percolate.cli.progress.TrainingBar;
import io.percolate.command.options.SpaceOptions;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.tuning.BaseSource;
import io.percolate.pipeline.training.tuning.TuningData;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import io.percolate.pipeline.training.tuning.TuningRun;
import io.percolate.pipeline.training.tuning.TuningTrainer;
import io.percolate.pipeline.training.tuning.WholePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train diffusion}. */
@Command(
        name = "diffusion",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train a diffusion model, in the latents of a trained autoencoder or on pixels, and print its"
                + " folder. Images with captions make a text-to-image model, images without make an unconditional one."
                + " Ctrl-C saves a checkpoint, --resume goes on from it.")
final class TrainDiffusionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private SpaceOptions space;

    @Option(
            names = "--from",
            paramLabel = "DIR|FILE",
            description = "model to go on from: with --vae or --pixel-space, one that was trained here, with its text"
                    + " encoder and vocabulary; by itself, any that generate opens, whose denoiser is trained as a whole"
                    + " while text encoders and autoencoder stay as they are")
    private Path initial;

    @Option(
            names = "--finer-levels",
            paramLabel = "N",
            split = ",",
            description = "with --from, and --vae or --pixel-space: channels of the levels to put before those of its"
                    + " denoiser, finest first, each for samples that are twice as large; what those learned is taken"
                    + " over")
    private List<Integer> finer = List.of();

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "side of the images in pixels, which chooses the network and its batch where the recipe does"
                    + " not (default: what the recipe says, else what the autoencoder was trained for, or 64 for"
                    + " --pixel-space)")
    private Integer resolution;

    @Option(names = "--text-encoder", description = "with --from by itself: train the text encoders, too")
    private boolean text;

    @Mixin
    private DataOptions data;

    @Mixin
    private TrainingOptions options;

    @Override
    public Integer call() {
        options.check();
        if (space == null) {
            spec.commandLine().getOut().println(wholeModel());
            return 0;
        }
        if (text) {
            throw new IllegalArgumentException(
                    "--text-encoder is for --from by itself: with --vae or --pixel-space, the text encoder learns in"
                            + " any case, so leave it out");
        }
        DiffusionFolders folders = new DiffusionFolders(space.autoencoder(), start(), options.out());
        ImageDataset dataset = options.dataset();
        DiffusionRecipe recipe = recipe(dataset, folders);
        spec.commandLine().getOut().println(result(recipe, dataset, folders));
        return 0;
    }

    private Optional<DiffusionFolders.StartingModel> start() {
        if (initial == null && !finer.isEmpty()) {
            throw new IllegalArgumentException("--finer-levels " + finer
                    + " is for a denoiser that was trained before: give its model with --from, or leave it out");
        }
        return Optional.ofNullable(initial).map(model -> new DiffusionFolders.StartingModel(model, finer));
    }

    /** Trains the denoiser of a model that has everything else. */
    private Object wholeModel() {
        if (initial == null) {
            throw new IllegalArgumentException("give --vae DIR, --pixel-space, or --from with a model to go on from");
        }
        if (!finer.isEmpty()) {
            throw new IllegalArgumentException("--finer-levels " + finer
                    + " makes another denoiser: say with --vae or --pixel-space what it works on, or leave it out");
        }
        TuningRecipe usual = TuningRecipe.whole();
        TuningRecipe written = options.recipe().map(usual::with).orElse(usual);
        TuningRecipe recipe = text ? written.withAdaptation(((WholePlan) written.adaptation()).withText()) : written;
        TuningRecipe sized = resolution == null ? recipe : recipe.withResolution(resolution);
        TuningRecipe planned = sized.withPlan(options.over(data.over(sized.plan())));
        TuningRun run = new TuningRun(BaseSource.of(initial), options.out());
        TuningData images = TuningData.of(planned, options.dataset(), Optional.empty());
        try (TrainingBar bar = new TrainingBar()) {
            if (options.dryRun()) {
                return options.report(TuningTrainer.forecast(planned, run, images, bar));
            }
            TuningTrainer.train(planned, run, images, options.session(bar));
            return options.out();
        }
    }

    private Object result(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        try (TrainingBar bar = new TrainingBar()) {
            if (options.dryRun()) {
                return options.report(DiffusionTrainer.forecast(recipe, dataset, folders, bar));
            }
            DiffusionTrainer.train(recipe, dataset, folders, options.session(bar));
            return options.out();
        }
    }

    private DiffusionRecipe recipe(ImageDataset dataset, DiffusionFolders folders) {
        OptionalInt side = resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
        DiffusionRecipe recipe = Presets.denoiser(dataset, folders.autoencoder(), side, options.recipe());
        return recipe.withPlan(options.over(data.over(recipe.plan())));
    }
}
