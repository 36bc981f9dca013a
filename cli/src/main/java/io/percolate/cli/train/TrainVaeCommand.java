package io.percolate.cli.train;

import io.percolate.cli.progress.TrainingBar;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.VaeFolders;
import io.percolate.pipeline.training.VaeFolders.StartingAutoencoder;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train vae}. */
@Command(
        name = "vae",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train an autoencoder on a folder of images and print the folder of the trained autoencoder."
                + " Ctrl-C saves a checkpoint, --resume goes on from it.")
final class TrainVaeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "side in pixels of the images that the autoencoder is for, which chooses its network and its"
                    + " batch where the recipe does not; above 256, it learns from random squares of 256x256 of"
                    + " images of that size, and works on the whole of them (default: what the recipe says, else 128)")
    private Integer resolution;

    @Option(
            names = "--from",
            paramLabel = "DIR|FILE",
            description =
                    "trained autoencoder to go on from, which chooses the network: its folder, that of a model that"
                            + " has one, or a single .safetensors or .ckpt of Stable Diffusion")
    private Path initial;

    @Option(
            names = "--finer-levels",
            paramLabel = "N",
            split = ",",
            description =
                    "with --from: channels of the levels to put before those of its network, finest first, each for"
                            + " images that are twice as large; what those learned is taken over")
    private List<Integer> finer = List.of();

    @Option(
            names = "--decoder-only",
            description =
                    "with --from: train the decoder alone, so that latents stay what they are, and fit the denoisers"
                            + " that were trained in them")
    private boolean decoderOnly;

    @Option(
            names = "--tiny",
            description = "train a tiny autoencoder that imitates the one in --from, which stays as it is: for"
                    + " --preview-vae, or for --vae in its place (default of --from: the embedded model's)")
    private boolean tiny;

    @Mixin
    private TrainingOptions options;

    @Override
    public Integer call() {
        options.check();
        requireStart("--finer-levels " + finer, !finer.isEmpty());
        requireStart("--decoder-only", decoderOnly);
        spec.commandLine().getOut().println(tiny ? tiny().result() : result(recipe()));
        return 0;
    }

    private void requireStart(String option, boolean given) {
        if (given && (tiny || initial == null)) {
            throw new IllegalArgumentException(option + " is for an autoencoder that was trained before: give it with"
                    + " --from, without --tiny, or leave it out");
        }
    }

    private TinyAutoencoderTraining tiny() {
        OptionalInt side = resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
        return new TinyAutoencoderTraining(Optional.ofNullable(initial), side, options);
    }

    private Object result(VaeRecipe recipe) {
        try (TrainingBar bar = new TrainingBar()) {
            if (options.dryRun()) {
                return options.report(VaeTrainer.forecast(recipe, options.dataset(), bar));
            }
            TrainingSession session = options.session(bar);
            VaeTrainer.train(recipe, options.dataset(), folders(), session);
            return options.out();
        }
    }

    private VaeRecipe recipe() {
        VaeRecipe usual = folders()
                .start()
                .map(start -> continued(start.config()))
                .orElseGet(() -> resolution == null ? VaeRecipe.embedded() : Presets.vae(resolution));
        VaeRecipe recipe = options.recipe().map(usual::with).orElse(usual);
        VaeRecipe sized = resolution == null ? recipe : recipe.withResolution(resolution);
        VaeRecipe learning = decoderOnly ? sized.decoderOnly() : sized;
        return learning.withPlan(options.over(learning.plan()));
    }

    private VaeRecipe continued(VaeConfig shape) {
        return Presets.vae(shape, resolution == null ? shape.sampleSize() : resolution);
    }

    private VaeFolders folders() {
        return new VaeFolders(Optional.ofNullable(initial).map(this::grown), options.out());
    }

    private StartingAutoencoder grown(Path path) {
        return new StartingAutoencoder(new AutoencoderSource(path), finer);
    }
}
