package io.percolate.pipeline.cli;

import io.percolate.pipeline.training.Sitting;
import io.percolate.pipeline.training.VaeRecipe;
import io.percolate.pipeline.training.VaeTrainer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code percolate train vae}. */
@Command(
        name = "vae",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train an autoencoder on a folder of pictures, captions or not, and print the folder of the"
                + " finished autoencoder. Ctrl-C saves first; --resume goes on.")
final class TrainVaeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions options;

    @Override
    public Integer call() {
        options.requireFreshFolder();
        try (TrainingBar bar = new TrainingBar()) {
            Sitting sitting = options.sitting(bar);
            VaeRecipe recipe = options.recipe().map(VaeRecipe::read).orElseGet(VaeRecipe::embedded);
            VaeTrainer.train(recipe, options.dataset(), options.out(), sitting);
        }
        spec.commandLine().getOut().println(options.out());
        return 0;
    }
}
