package io.percolate.pipeline.cli;

import io.percolate.pipeline.training.DiffusionRecipe;
import io.percolate.pipeline.training.DiffusionTrainer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code percolate train diffusion}. */
@Command(
        name = "diffusion",
        mixinStandardHelpOptions = true,
        description = "Train a text-to-image model in the latents of an autoencoder.")
final class TrainDiffusionCommand implements Callable<Integer> {

    @Mixin
    private TrainingOptions options;

    @Option(names = "--vae", required = true, paramLabel = "DIR", description = "folder of the autoencoder")
    private Path vae;

    @Override
    public Integer call() {
        DiffusionRecipe recipe = options.recipe().map(DiffusionRecipe::read).orElseGet(DiffusionRecipe::embedded);
        DiffusionTrainer.train(recipe, options.data, vae, options.out, options.budget(), options.resume);
        System.out.println(options.out);
        return 0;
    }
}
