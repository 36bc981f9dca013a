package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import java.nio.file.Path;

/** Trains a text-to-image model in the latents of a finished autoencoder; see {@link TrainingLoop} for the run folder. */
public final class DiffusionTrainer {

    private DiffusionTrainer() {}

    /**
     * Trains until {@code budget} is spent. The run folder is also the model folder.
     *
     * @param data a folder of pictures with captions; those marked as held out are not trained on
     * @param vae folder of the autoencoder
     * @param out the run folder
     * @param resume whether to go on from the checkpoint in {@code out}, if there is one
     */
    public static void train(DiffusionRecipe recipe, Path data, Path vae, Path out, Budget budget, boolean resume) {
        ImageDataset dataset = ImageDataset.open(data).split(Split.TRAIN);
        try (DiffusionTask task = new DiffusionTask(recipe, dataset, vae, out)) {
            new TrainingLoop(task, recipe.plan(), budget, out).run(resume);
        }
    }
}
