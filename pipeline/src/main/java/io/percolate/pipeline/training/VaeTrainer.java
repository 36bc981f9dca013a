package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import java.nio.file.Path;

/** Trains an autoencoder on a folder of pictures; see {@link TrainingLoop} for what is kept in the run folder. */
public final class VaeTrainer {

    private VaeTrainer() {}

    /** Trains until {@code budget} is spent, watched by nobody. */
    public static TrainingResult train(
            VaeRecipe recipe, ImageDataset dataset, Path out, Budget budget, boolean resume) {
        return train(recipe, dataset, out, new Sitting(budget, resume, TrainingListener.NONE));
    }

    /**
     * Trains until the budget of {@code sitting} is spent. The run folder is also the model folder: {@code config.json}
     * and {@code diffusion_pytorch_model.safetensors}.
     *
     * @param dataset the pictures to train on, all of them
     * @param out the run folder
     */
    public static TrainingResult train(VaeRecipe recipe, ImageDataset dataset, Path out, Sitting sitting) {
        try (VaeTask task = new VaeTask(recipe, dataset)) {
            return new TrainingLoop(task, recipe.plan(), out, sitting).run();
        }
    }
}
