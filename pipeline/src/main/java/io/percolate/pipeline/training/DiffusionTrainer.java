package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.memory.MemoryPlanner;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.memory.WatchedProbe;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.PreviousRun;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;

/** Trains a diffusion model, in latents or on pixels; see {@link TrainingLoop} for what is kept in the run folder,
 * and {@code recipe.json}, the whole recipe. */
public final class DiffusionTrainer {

    private DiffusionTrainer() {}

    /** Trains until {@code budget} is spent, watched by nobody. */
    public static TrainingResult train(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, Budget budget, boolean resume) {
        return train(recipe, dataset, folders, new TrainingSession(budget, resume, TrainingListener.NONE));
    }

    /**
     * Trains until the budget of {@code session} is spent.
     *
     * @param dataset the images to train on, all of them
     * @throws IllegalArgumentException if what is given does not fit together, or not to the run to resume
     */
    public static TrainingResult train(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingSession session) {
        DiffusionRecipe fitted = fitted(recipe, dataset, folders, session);
        return RunLock.holding(folders.out(), () -> {
            try (DiffusionTask task = new DiffusionTask(fitted, data(fitted, dataset), folders, session.listener())) {
                fitted.write(folders.out().resolve("recipe.json"));
                return new TrainingLoop(task, fitted.plan(), folders.out(), session).run();
            }
        });
    }

    /** The recipe as {@link #train} uses it. */
    static DiffusionRecipe fitted(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingSession session) {
        session.listener().busy(Activity.PREPARING, 0, 0);
        if (session.resume()) {
            folders.vae().ifPresent(new PreviousRun(folders.out())::requireAutoencoder);
        }
        return planned(fit(recipe, dataset, folders), dataset, folders, session.listener());
    }

    /** The recipe for these images, its U-Net that of the model to go on from, if there is one. */
    private static DiffusionRecipe fit(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        DiffusionRecipe fitted = recipe.fit(dataset, folders.out());
        return folders.start()
                .map(DiffusionFolders.StartingModel::denoiser)
                .map(unet -> unet.withChannels(
                                fitted.unet().inChannels(), fitted.unet().outChannels())
                        .withSampleSize(fitted.sampleSize()))
                .map(fitted::withUnet)
                .orElse(fitted);
    }

    private static DiffusionRecipe planned(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingListener listener) {
        return recipe.withPlan(
                MemoryPlanner.planned(recipe.plan(), () -> forecast(recipe, dataset, folders, listener)));
    }

    /** What {@link #train} would take, measured on a few steps that leave nothing behind. */
    public static TrainingForecast forecast(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        return forecast(recipe, dataset, folders, TrainingListener.NONE);
    }

    /** The same, watched by {@code listener}. */
    public static TrainingForecast forecast(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingListener listener) {
        DiffusionRecipe fitted = fit(recipe, dataset, folders);
        try (DiffusionProbe probe = new DiffusionProbe(fitted, dataset, folders)) {
            return MemoryPlanner.forecast(new WatchedProbe(probe, listener), fitted.plan());
        }
    }

    /** What a step of {@link #train} takes for one image, text encoder included. */
    public static ImageCost costPerImage(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        DiffusionRecipe fitted = fit(recipe, dataset, folders);
        try (DiffusionProbe probe = new DiffusionProbe(fitted, dataset, folders)) {
            return ImageCost.of(batch -> probe.open(fitted.plan().withBatchSize(batch), 1), fitted.plan());
        }
    }

    /** Does before {@link #train} what it would begin with: in latents, every image is encoded. */
    public static void prepare(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingListener listener) {
        DiffusionRecipe fitted = fit(recipe, dataset, folders);
        new DiffusionTask(fitted, data(fitted, dataset), folders, listener).close();
    }

    private static DiffusionSteps.Data data(DiffusionRecipe recipe, ImageDataset dataset) {
        return DiffusionSteps.Data.of(dataset, recipe.plan().saving().validation());
    }
}
