package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import java.nio.file.Path;

/** Trains an autoencoder on a folder of pictures; see {@link TrainingLoop} for what is kept in the run folder. */
public final class VaeTrainer {

    private VaeTrainer() {}

    /**
     * Trains until {@code budget} is spent. The run folder is also the model folder: {@code config.json} and
     * {@code diffusion_pytorch_model.safetensors}.
     *
     * @param data a folder of pictures; those marked as held out are not trained on
     * @param out the run folder
     * @param resume whether to go on from the checkpoint in {@code out}, if there is one
     */
    public static void train(VaeRecipe recipe, Path data, Path out, Budget budget, boolean resume) {
        ImageDataset dataset = ImageDataset.open(data).split(Split.TRAIN);
        try (VaeTask task = new VaeTask(recipe, dataset)) {
            new TrainingLoop(task, recipe.plan(), budget, out).run(resume);
        }
    }
}
