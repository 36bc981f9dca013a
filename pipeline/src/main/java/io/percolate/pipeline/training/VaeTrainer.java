package io.percolate.pipeline.training;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.memory.MemoryPlanner;
import io.percolate.pipeline.training.memory.ProbeFolder;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.memory.TrainingProbe;
import io.percolate.pipeline.training.memory.WatchedProbe;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.pipeline.training.session.TrainingTask;
import java.nio.file.Path;
import java.util.Optional;

/** Trains an autoencoder on a folder of images; see {@link TrainingLoop} for what is kept in the run
 * folder, and {@code recipe.json}, the whole recipe. */
public final class VaeTrainer {

    private VaeTrainer() {}

    /** Trains until {@code budget} is spent, watched by nobody. */
    public static TrainingResult train(
            VaeRecipe recipe, ImageDataset dataset, Path out, Budget budget, boolean resume) {
        return train(recipe, dataset, out, new TrainingSession(budget, resume, TrainingListener.NONE));
    }

    /** The same from the beginning, watched as {@code session} says. */
    public static TrainingResult train(VaeRecipe recipe, ImageDataset dataset, Path out, TrainingSession session) {
        return train(recipe, dataset, VaeFolders.fresh(out), session);
    }

    /**
     * Trains until the budget of {@code session} is spent. The run folder is also the model folder: {@code config.json}
     * and {@code diffusion_pytorch_model.safetensors}.
     *
     * @param dataset the images to train on, all of them
     * @param folders where to begin, and the run folder
     * @throws IllegalArgumentException if {@code recipe} describes another network than that to go on from
     */
    public static TrainingResult train(
            VaeRecipe recipe, ImageDataset dataset, VaeFolders folders, TrainingSession session) {
        session.listener().busy(Activity.PREPARING, 0, 0);
        folders.requireFit(recipe);
        VaeRecipe planned = recipe.withPlan(
                MemoryPlanner.planned(recipe.plan(), () -> forecast(recipe, dataset, session.listener())));
        return RunLock.holding(folders.out(), () -> {
            try (VaeTask task = new VaeTask(planned, dataset, folders.start(), session.listener())) {
                planned.write(folders.out().resolve("recipe.json"));
                return new TrainingLoop(task, planned.plan(), folders.out(), session).run();
            }
        });
    }

    /** What {@link #train} would take, measured on a few steps that leave nothing behind. */
    public static TrainingForecast forecast(VaeRecipe recipe, ImageDataset dataset) {
        return forecast(recipe, dataset, TrainingListener.NONE);
    }

    /** The same, watched by {@code listener}. */
    public static TrainingForecast forecast(VaeRecipe recipe, ImageDataset dataset, TrainingListener listener) {
        try (ProbeFolder folder = new ProbeFolder()) {
            ImageDataset few = folder.images(dataset, recipe.vae().sampleSize());
            return MemoryPlanner.forecast(new WatchedProbe(new Probe(recipe, dataset, few), listener), recipe.plan());
        }
    }

    /** What a step of {@link #train} takes for one image, with everything that judges it. */
    public static ImageCost costPerImage(VaeRecipe recipe, ImageDataset dataset) {
        try (ProbeFolder folder = new ProbeFolder()) {
            ImageDataset few = folder.images(dataset, recipe.vae().sampleSize());
            Probe probe = new Probe(recipe, dataset, few);
            return ImageCost.of(batch -> probe.open(recipe.plan().withBatchSize(batch), 1), recipe.plan());
        }
    }

    /** @param few images in place of {@code dataset} */
    private record Probe(VaeRecipe recipe, ImageDataset dataset, ImageDataset few) implements TrainingProbe {

        @Override
        public TrainingTask open(TrainingPlan plan, int divisor) {
            VaeRecipe smaller = recipe.withPlan(plan).dividedBy(divisor).judgedFromTheStart();
            return new VaeTask(smaller, few, Optional.empty(), TrainingListener.NONE);
        }

        @Override
        public ImageTransform trainedImages() {
            return recipe.trainedImages();
        }

        @Override
        public ImageTransform images() {
            return ImageTransform.square(recipe.vae().sampleSize());
        }

        @Override
        public long cacheBytes() {
            return 0;
        }
    }
}
