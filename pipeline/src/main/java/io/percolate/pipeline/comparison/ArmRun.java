package io.percolate.pipeline.comparison;

import io.percolate.nn.engine.Flops;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * One training of an arm.
 *
 * @param arm what is trained
 * @param seed how many runs of it there are before
 * @param out the folder of the comparison
 */
record ArmRun(ArmRecipe arm, int seed, Path out) {

    /** Longer than any training: no run generates samples, or is validated, in its training time. */
    private static final double NEVER = 1e6;

    /** What its stages and folders are called. */
    String name() {
        return seed == 0 ? arm.name() : arm.name() + "-seed" + seed;
    }

    /** Its run folder, which is its model. */
    Path folder() {
        return out.resolve(name());
    }

    /** The images generated in the end. */
    Path images() {
        return out.resolve("images-" + name());
    }

    /** The images generated when {@code share} of the budget was used up: in the end all, before that the first of them. */
    Path images(double share) {
        return share == 1 ? images() : out.resolve("along-" + name()).resolve(percent(share));
    }

    /** A part of the budget as names have it. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%05.2f-percent", 100 * share);
    }

    /** The images generated in the end for captions that were trained on. */
    Path imagesOfTrained() {
        return out.resolve("trained-" + name());
    }

    /** Encodes every image, if it works on latents; fails where its training would. */
    void prepare(ImageDataset dataset, TrainingListener listener) {
        DiffusionTrainer.prepare(recipe(), dataset, folders(), listener);
    }

    /** Trains it. */
    TrainingResult train(ImageDataset dataset, TrainingSession session) {
        return DiffusionTrainer.train(recipe(), dataset, folders(), session);
    }

    /** Arithmetic of a forward pass of its training, for one image. */
    Flops flopsPerImage(ImageDataset dataset) {
        return DiffusionTrainer.flopsPerImage(recipe(), dataset, folders());
    }

    private DiffusionFolders folders() {
        return new DiffusionFolders(arm.autoencoder().map(vae -> vae.folder(out)), Optional.empty(), folder());
    }

    /** The latents of the first run serve all. */
    private DiffusionRecipe recipe() {
        TrainingPlan plan = arm.recipe().plan();
        TrainingPlan seeded = plan.withSeed(plan.seed() + seed);
        TrainingPlan shared = arm.autoencoder().isPresent() && seed > 0
                ? seeded.withData(seeded.data().withCache(seeded.data().cacheFolder(out.resolve(arm.name()))))
                : seeded;
        return arm.recipe().withPlan(shared).withSamplesEvery(NEVER).withValidation(ValidationPlan.NONE);
    }
}
