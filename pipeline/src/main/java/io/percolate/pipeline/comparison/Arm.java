package io.percolate.pipeline.comparison;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One of the two models that are compared.
 *
 * @param name of its space
 * @param recipe what is trained
 * @param folders of its autoencoder, if it has one, and of its run
 * @param images folder of the images generated with it
 */
record Arm(String name, DiffusionRecipe recipe, DiffusionFolders folders, Path images) {

    static Arm of(String name, DiffusionRecipe recipe, Optional<Path> vae, Path out) {
        DiffusionFolders folders = new DiffusionFolders(vae, Optional.empty(), out.resolve(name));
        return new Arm(name, recipe, folders, out.resolve("images-" + name));
    }

    Path run() {
        return folders.out();
    }

    /** Whether it follows prompts. */
    boolean hasText() {
        return recipe.text().isPresent();
    }

    /** Encodes every image, if it works on latents; fails where its training would. */
    void prepare(ImageDataset dataset) {
        DiffusionTrainer.prepare(recipe, dataset, folders);
    }

    /** Trains it. */
    TrainingResult train(ImageDataset dataset, TrainingSession session) {
        return DiffusionTrainer.train(recipe, dataset, folders, session);
    }
}
