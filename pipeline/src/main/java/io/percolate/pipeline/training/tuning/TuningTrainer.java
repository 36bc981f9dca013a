package io.percolate.pipeline.training.tuning;

import io.percolate.pipeline.training.memory.MemoryPlanner;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.memory.WatchedProbe;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.RunLock;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingLoop;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;

/**
 * Fine-tunes a model on a folder of images; see {@link TrainingLoop} for what is kept in the run folder, {@code
 * recipe.json}, the whole recipe, and {@code base.json}, what it began with.
 */
public final class TuningTrainer {

    private TuningTrainer() {}

    /**
     * Trains until the budget of {@code session} is spent.
     *
     * @throws IllegalArgumentException if what is given does not fit together, or not to the run to resume
     */
    public static TrainingResult train(TuningRecipe recipe, TuningRun run, TuningData data, TrainingSession session) {
        session.listener().busy(Activity.PREPARING, 0, 0);
        TuningRecipe planned = recipe.withPlan(
                MemoryPlanner.planned(recipe.plan(), () -> forecast(recipe, run, data, session.listener())));
        return RunLock.holding(run.folder(), () -> {
            try (TuningTask task = run.open(planned, data, session.listener())) {
                run.noteBase(task.base(), session.resume());
                planned.write(run.folder().resolve("recipe.json"));
                return new TrainingLoop(task, planned.plan(), run.folder(), session).run();
            }
        });
    }

    /** What {@link #train} would take, measured on a few steps that leave nothing behind. */
    public static TrainingForecast forecast(
            TuningRecipe recipe, TuningRun run, TuningData data, TrainingListener listener) {
        try (TuningProbe probe = new TuningProbe(recipe, run, data)) {
            return MemoryPlanner.forecast(new WatchedProbe(probe, listener), recipe.plan());
        }
    }
}
