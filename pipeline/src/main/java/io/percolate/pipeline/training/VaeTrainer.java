package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import java.nio.file.Path;

/** Trains an autoencoder on a folder of pictures; see {@link TrainingLoop} for what is kept in the run folder. */
public final class VaeTrainer {

    private VaeTrainer() {}

    /**
     * Trains until {@code budget} is spent. The run folder is also the model folder: {@code config.json} and
     * {@code diffusion_pytorch_model.safetensors}.
     *
     * @param dataset the pictures to train on, all of them
     * @param out the run folder
     * @param resume whether to go on from the checkpoint in {@code out}, if there is one
     */
    public static TrainingResult train(
            VaeRecipe recipe, ImageDataset dataset, Path out, Budget budget, boolean resume) {
        try (VaeTask task = new VaeTask(recipe, dataset)) {
            return new TrainingLoop(task, recipe.plan(), budget, out).run(resume);
        }
    }
}
