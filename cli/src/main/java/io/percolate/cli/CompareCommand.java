package io.percolate.cli;

import io.percolate.cli.options.ClockName;
import io.percolate.cli.options.EqualityName;
import io.percolate.cli.options.TrainingLength;
import io.percolate.cli.progress.TrainingBar;
import io.percolate.command.options.FeatureOptions;
import io.percolate.command.options.JsonText;
import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.comparison.Equality;
import io.percolate.pipeline.comparison.arms.ArmFile;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.comparison.report.ComparisonReport;
import io.percolate.pipeline.comparison.stages.ChildProcesses;
import io.percolate.pipeline.comparison.stages.StageProcess;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingClock;
import io.percolate.pipeline.training.session.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train denoisers on pixels and in latents, on the same images for the same time, generate images"
                + " with each, measure them on the way and in the end, and print a report. If it is stopped, the same"
                + " command goes on.")
final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of images to train on")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "folder of the comparison: models, their images, report.html, report.json, report.md and plots")
    private Path out;

    @ArgGroup
    private Autoencoder autoencoder = new Autoencoder();

    @Option(
            names = "--config",
            paramLabel = "FILE.json",
            description =
                    "recipe of the pixel-space denoiser, as for train diffusion --pixel-space; the latent one is the"
                            + " same without the finest levels, which the autoencoder replaces")
    private Path config;

    @Option(
            names = "--arm",
            paramLabel = "FILE.json",
            description =
                    "an arm: its name, its space (pixels or latents) and its recipe; give two or more (default: the"
                            + " same denoiser on pixels and in latents)")
    private List<Path> arms = List.of();

    @ArgGroup
    private TrainingLength length = new TrainingLength();

    @Option(
            names = "--equal",
            paramLabel = "WHAT",
            defaultValue = "time",
            converter = EqualityName.class,
            description =
                    "what all arms have as much of as the first: time, flops or images (default: ${DEFAULT-VALUE})")
    private Equality equal;

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            defaultValue = "wall",
            converter = ClockName.class,
            description = "what minutes are counted by: wall, or processor, the processor time of this process divided"
                    + " by its threads, which stays fair where the machine does other work (default: ${DEFAULT-VALUE})")
    private TrainingClock clock;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "trainings of each arm with other random numbers, for error bars (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "side of the images in pixels (default: what the recipe says, else 64)")
    private Integer resolution;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "128",
            description =
                    "images to generate with each model, and to hold out for comparison (default: ${DEFAULT-VALUE})")
    private int images;

    @Option(
            names = "--sampling-steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "inference steps of each image (default: ${DEFAULT-VALUE})")
    private int samplingSteps;

    @ArgGroup
    private FeatureOptions features = new FeatureOptions();

    @Option(names = StageProcess.OPTION, hidden = true, description = "do this stage alone")
    private String stage;

    @Option(names = "--json", description = "print the report as one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        SampleBudget samples = new SampleBudget(images, samplingSteps);
        ComparisonPlan plan = new ComparisonPlan(length.budget(), equal, seeds, clock);
        ComparisonSettings settings = new ComparisonSettings(data, out, arms(), plan, samples, features.choice());
        return stage == null ? compare(settings) : StageProcess.serve(() -> doStage(settings));
    }

    private int compare(ComparisonSettings settings) {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        ChildProcesses processes = ChildProcesses.of(Percolate.class, arguments);
        ComparisonReport report = Comparison.run(settings, TrainingListener.NONE, processes);
        spec.commandLine()
                .getOut()
                .println(json ? JsonText.of(report) : report.text().strip());
        return 0;
    }

    private void doStage(ComparisonSettings settings) {
        try (TrainingBar bar = new TrainingBar()) {
            Comparison.runStage(settings, bar, stage);
        }
    }

    private List<ArmRecipe> arms() {
        ArmFile file = new ArmFile(data, recipe(), autoencoder.choice());
        return arms.isEmpty()
                ? List.of(ArmRecipe.pixels(file.pixels()), ArmRecipe.latents(file.pixels(), file.autoencoder()))
                : arms.stream().map(file::read).toList();
    }

    private DiffusionRecipe recipe() {
        DiffusionRecipe usual = usualRecipe();
        DiffusionRecipe recipe = config == null ? usual : usual.with(RecipeOverlay.read(config));
        return resolution == null ? recipe : recipe.withResolution(resolution);
    }

    private DiffusionRecipe usualRecipe() {
        boolean captions = ImageDataset.open(data).hasCaptions();
        return captions ? DiffusionRecipe.pixels() : DiffusionRecipe.pixels().withoutText();
    }

    private static final class Autoencoder {

        @Option(
                names = "--vae",
                paramLabel = "DIR",
                description =
                        "folder of a trained autoencoder (default: one is trained first, for a quarter of the time"
                                + " of the latent model)")
        private Path folder;

        @Option(
                names = "--vae-config",
                paramLabel = "FILE.json",
                description = "recipe of the autoencoder that is trained first")
        private Path config;

        AutoencoderChoice choice() {
            if (folder != null) {
                return new AutoencoderChoice.Finished(folder);
            }
            return new AutoencoderChoice.Trained(config == null ? VaeRecipe.embedded() : VaeRecipe.read(config));
        }
    }
}
