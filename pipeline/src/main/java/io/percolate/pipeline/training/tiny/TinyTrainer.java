package io.percolate.pipeline.training.tiny;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.memory.MemoryPlanner;
import io.percolate.pipeline.training.memory.ProbeFolder;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.memory.TrainingProbe;
import io.percolate.pipeline.training.memory.WatchedProbe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;

/**
 * Trains a tiny autoencoder on a folder of images and the latents that a teacher makes of them; see {@link TrainingLoop}
 * for what is kept in the run folder, {@code recipe.json}, the whole recipe, and {@code teacher.json}, whose latents
 * they are.
 */
public final class TinyTrainer {

    private TinyTrainer() {}

    /**
     * Trains until the budget of {@code session} is spent. The run folder is also the model folder: {@code config.json}
     * and {@code diffusion_pytorch_model.safetensors} in float16.
     *
     * @throws IllegalArgumentException if {@code recipe} describes a network for other latents, or the run to resume had
     *     another teacher
     */
    public static TrainingResult train(TinyRecipe recipe, TinyRun run, ImageDataset dataset, TrainingSession session) {
        session.listener().busy(Activity.PREPARING, 0, 0);
        recipe.tiny().requireFit(run.teacher().config());
        TinyRecipe planned = recipe.withPlan(
                MemoryPlanner.planned(recipe.plan(), () -> forecast(recipe, run, dataset, session.listener())));
        return RunLock.holding(run.folder(), () -> {
            try (TinyTask task = new TinyTask(planned, run.teacher(), dataset, session.listener())) {
                run.noteTeacher(task.latents(), session.resume());
                planned.write(run.folder().resolve("recipe.json"));
                return new TrainingLoop(task, planned.plan(), run.folder(), session).run();
            }
        });
    }

    /** What {@link #train} would take, measured on a few steps that leave nothing behind. */
    public static TrainingForecast forecast(
            TinyRecipe recipe, TinyRun run, ImageDataset dataset, TrainingListener listener) {
        recipe.tiny().requireFit(run.teacher().config());
        try (ProbeFolder folder = new ProbeFolder()) {
            ImageDataset few = folder.images(dataset, recipe.images().resolution());
            Probe probe = new Probe(recipe, run.teacher(), dataset, few);
            return MemoryPlanner.forecast(new WatchedProbe(probe, listener), recipe.plan());
        }
    }

    /** @param few images in place of {@code dataset} */
    private record Probe(TinyRecipe recipe, AutoencoderSource teacher, ImageDataset dataset, ImageDataset few)
            implements TrainingProbe {

        @Override
        public TinyTask open(TrainingPlan plan, int divisor) {
            return new TinyTask(recipe.withPlan(plan).dividedBy(divisor), teacher, few, TrainingListener.NONE);
        }

        @Override
        public ImageTransform trainedImages() {
            return recipe.images().trained();
        }

        @Override
        public ImageTransform images() {
            return recipe.images().whole();
        }

        @Override
        public long cacheBytes() {
            return 0;
        }
    }
}
