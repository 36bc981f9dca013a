package io.percolate.pipeline.comparison;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionRecipe;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.Sitting;
import io.percolate.pipeline.training.TrainingResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One of the two that are compared.
 *
 * @param name of its space
 * @param recipe what is trained
 * @param folders of its autoencoder, if it has one, and of its run
 * @param drawn folder of the pictures drawn with it
 */
record Contestant(String name, DiffusionRecipe recipe, DiffusionFolders folders, Path drawn) {

    static Contestant of(String name, DiffusionRecipe recipe, Optional<Path> vae, Path out) {
        DiffusionFolders folders = new DiffusionFolders(vae, Optional.empty(), out.resolve(name));
        return new Contestant(name, recipe, folders, out.resolve("drawn-" + name));
    }

    Path run() {
        return folders.out();
    }

    /** Whether it draws from prompts. */
    boolean hasText() {
        return recipe.text().isPresent();
    }

    /** Brings the pictures to where it works. */
    void prepare(ImageDataset dataset) {
        DiffusionTrainer.prepare(recipe, dataset, folders);
    }

    /** Trains it. */
    TrainingResult train(ImageDataset dataset, Sitting sitting) {
        return DiffusionTrainer.train(recipe, dataset, folders, sitting);
    }
}
