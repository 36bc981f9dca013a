package io.percolate.cli.train;

import io.percolate.cli.progress.TrainingBar;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingSession;
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
        description = "Train an autoencoder on a folder of images and print the folder of the trained autoencoder."
                + " Ctrl-C saves a checkpoint, --resume goes on from it.")
final class TrainVaeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions options;

    @Override
    public Integer call() {
        options.requireFreshFolder();
        VaeRecipe recipe = recipe();
        if (options.dryRun()) {
            spec.commandLine().getOut().println(options.report(VaeTrainer.forecast(recipe, options.dataset())));
            return 0;
        }
        try (TrainingBar bar = new TrainingBar()) {
            TrainingSession session = options.session(bar);
            VaeTrainer.train(recipe, options.dataset(), options.out(), session);
        }
        spec.commandLine().getOut().println(options.out());
        return 0;
    }

    private VaeRecipe recipe() {
        VaeRecipe recipe = options.recipe().map(VaeRecipe.embedded()::with).orElseGet(VaeRecipe::embedded);
        return recipe.withPlan(options.limited(recipe.plan()));
    }
}
