package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;

/** Trains a text-to-image model in the latents of a finished autoencoder; see {@link TrainingLoop} for the run folder. */
public final class DiffusionTrainer {

    private DiffusionTrainer() {}

    /**
     * Trains until {@code budget} is spent.
     *
     * @param resume whether to go on from the checkpoint in the run folder, if there is one
     */
    public static void train(DiffusionRecipe recipe, DiffusionFolders folders, Budget budget, boolean resume) {
        ImageDataset dataset = ImageDataset.open(folders.data()).split(Split.TRAIN);
        try (DiffusionTask task = new DiffusionTask(recipe, dataset, folders)) {
            new TrainingLoop(task, recipe.plan(), budget, folders.out()).run(resume);
        }
    }
}
