package io.percolate.pipeline.cli;

import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionRecipe;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.vae.VaeConfigFile;
import java.nio.file.Path;
import java.util.Optional;
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
        description = "Train a text-to-image model on a folder of captioned pictures, in the latents of a finished"
                + " autoencoder, and print the folder of the model. Ctrl-C saves first; --resume goes on.")
final class TrainDiffusionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Space space;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "model trained here whose denoiser, text encoder and vocabulary to go on from")
    private Path start;

    @Mixin
    private TrainingOptions options;

    @Override
    public Integer call() {
        if (space.pixels) {
            throw new IllegalArgumentException("--pixel-space: this version trains in latents only; make an autoencoder"
                    + " with percolate train vae and give its folder with --vae");
        }
        options.requireFreshFolder();
        DiffusionRecipe recipe = options.recipe().map(DiffusionRecipe::read).orElseGet(this::usualRecipe);
        DiffusionFolders folders =
                new DiffusionFolders(options.data(), space.vae, Optional.ofNullable(start), options.out());
        DiffusionTrainer.train(recipe, folders, options.budget(), options.resume());
        spec.commandLine().getOut().println(options.out());
        return 0;
    }

    private DiffusionRecipe usualRecipe() {
        return DiffusionRecipe.embedded(VaeConfigFile.read(space.vae.resolve("config.json")));
    }

    private static final class Space {

        @Option(
                names = "--vae",
                required = true,
                paramLabel = "DIR",
                description = "folder of the autoencoder, as train vae makes it")
        private Path vae;

        @Option(names = "--pixel-space", required = true, description = "work on pixels, without an autoencoder")
        private boolean pixels;
    }
}
