package io.percolate.pipeline.cli;

import io.percolate.pipeline.training.VaeRecipe;
import io.percolate.pipeline.training.VaeTrainer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code percolate train vae}. */
@Command(name = "vae", mixinStandardHelpOptions = true, description = "Train an autoencoder on a folder of pictures.")
final class TrainVaeCommand implements Callable<Integer> {

    @Mixin
    private TrainingOptions options;

    @Override
    public Integer call() {
        VaeRecipe recipe = options.recipe().map(VaeRecipe::read).orElseGet(VaeRecipe::embedded);
        VaeTrainer.train(recipe, options.data, options.out, options.budget(), options.resume);
        System.out.println(options.out);
        return 0;
    }
}
