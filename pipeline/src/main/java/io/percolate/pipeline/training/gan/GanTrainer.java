package io.percolate.pipeline.training.gan;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.pipeline.training.session.TrainingTask;
import java.nio.file.Path;

/** Trains a generator on a folder of images; see {@link TrainingLoop} for what is kept in the run folder. */
public final class GanTrainer {

    private GanTrainer() {}

    /** Trains until the budget of {@code session} is spent; the run folder is what {@link ImageGenerator#load} opens. */
    public static TrainingResult train(GanRecipe recipe, ImageDataset dataset, Path out, TrainingSession session) {
        session.listener().busy(Activity.PREPARING, 0, 0);
        return RunLock.holding(out, () -> {
            try (TrainingTask task = new GanTask(recipe, dataset)) {
                recipe.write(out.resolve("recipe.json"));
                return new TrainingLoop(task, recipe.plan(), out, session).run();
            }
        });
    }

    /** What a step of {@link #train} takes for one image, both sides together. */
    public static ImageCost costPerImage(GanRecipe recipe, ImageDataset dataset) {
        return ImageCost.of(
                batch -> new GanTask(recipe.withPlan(recipe.plan().withBatchSize(batch)), dataset), recipe.plan());
    }
}
