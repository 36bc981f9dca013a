package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;

/** Trains an autoencoder on a folder of images; see {@link TrainingLoop} for what is kept in the run
 * folder, and {@code recipe.json}, the whole recipe. */
public final class VaeTrainer {

    private VaeTrainer() {}

    /** Trains until {@code budget} is spent, watched by nobody. */
    public static TrainingResult train(
            VaeRecipe recipe, ImageDataset dataset, Path out, Budget budget, boolean resume) {
        return train(recipe, dataset, out, new TrainingSession(budget, resume, TrainingListener.NONE));
    }

    /**
     * Trains until the budget of {@code session} is spent. The run folder is also the model folder: {@code config.json}
     * and {@code diffusion_pytorch_model.safetensors}.
     *
     * @param dataset the images to train on, all of them
     * @param out the run folder
     */
    public static TrainingResult train(VaeRecipe recipe, ImageDataset dataset, Path out, TrainingSession session) {
        try (VaeTask task = new VaeTask(recipe, dataset)) {
            recipe.write(out.resolve("recipe.json"));
            return new TrainingLoop(task, recipe.plan(), out, session).run();
        }
    }
}
