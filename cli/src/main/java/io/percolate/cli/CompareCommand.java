package io.percolate.cli;

import io.percolate.cli.options.JsonText;
import io.percolate.cli.options.TrainingLength;
import io.percolate.cli.progress.TrainingBar;
import io.percolate.pipeline.comparison.AutoencoderChoice;
import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonReport;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import java.nio.file.Path;
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
        description = "Train the same denoiser on pixels and on latents, on the same images for the same time, generate"
                + " images with both, measure both, and print a report. If it is stopped, the same command goes on.")
final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of images to train on")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder of the comparison: both models, their images, report.json, report.md and plots")
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

    @ArgGroup
    private TrainingLength length = new TrainingLength();

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

    @Option(names = "--json", description = "print the report as one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        SampleBudget samples = new SampleBudget(images, samplingSteps);
        Budget budget = length.budget();
        DiffusionRecipe recipe = recipe();
        ComparisonReport report =
                compare(new ComparisonSettings(data, out, recipe, autoencoder.choice(), budget, samples));
        spec.commandLine()
                .getOut()
                .println(json ? JsonText.of(report) : report.text().strip());
        return 0;
    }

    private static ComparisonReport compare(ComparisonSettings settings) {
        try (TrainingBar bar = new TrainingBar()) {
            return Comparison.run(settings, bar);
        }
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
