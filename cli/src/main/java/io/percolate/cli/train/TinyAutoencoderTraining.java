package io.percolate.cli.train;

import io.percolate.cli.progress.TrainingBar;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.tiny.TinyRecipe;
import io.percolate.pipeline.training.tiny.TinyRun;
import io.percolate.pipeline.training.tiny.TinyTrainer;
import io.percolate.vae.VaeConfig;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code percolate train vae --tiny}.
 *
 * @param initial the autoencoder to learn from; empty for that of the embedded model
 * @param resolution side of the images in pixels, whatever the recipe says
 * @param options of all trainings
 */
record TinyAutoencoderTraining(Optional<Path> initial, OptionalInt resolution, TrainingOptions options) {

    /** Trains, or measures; gives what to print. */
    Object result() {
        TinyRun run = new TinyRun(new AutoencoderSource(initial.orElseGet(EmbeddedModel::folder)), options.out());
        TinyRecipe recipe = recipe(run.teacher().config());
        try (TrainingBar bar = new TrainingBar()) {
            if (options.dryRun()) {
                return options.report(TinyTrainer.forecast(recipe, run, options.dataset(), bar));
            }
            TinyTrainer.train(recipe, run, options.dataset(), options.session(bar));
            return options.out();
        }
    }

    private TinyRecipe recipe(VaeConfig teacher) {
        TinyRecipe usual = TinyRecipe.of(teacher, resolution.orElse(teacher.sampleSize()));
        TinyRecipe recipe = options.recipe().map(usual::with).orElse(usual);
        TinyRecipe sized = resolution.isEmpty() ? recipe : recipe.withResolution(resolution.getAsInt());
        return sized.withPlan(options.over(sized.plan()));
    }
}
