package io.percolate.cluster.train;

import io.percolate.cluster.session.MemoryNeed;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.parallel.ParallelPlan;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a round of a shared training takes.
 *
 * @param parallel how it is shared
 * @param plan how it is trained
 * @param worker what one worker takes, measured on this machine
 */
record RoundForecast(ParallelPlan parallel, TrainingPlan plan, TrainingForecast worker) {

    /** Measures a few steps, which leave nothing behind. */
    static RoundForecast of(
            DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, ParallelPlan parallel) {
        TrainingPlan plan = recipe.plan();
        TrainingPlan part = plan.withBatchSize(parallel.workerBatchSize(plan));
        return new RoundForecast(parallel, plan, DiffusionTrainer.forecast(recipe.withPlan(part), dataset, folders));
    }

    /** Of an executor, beside Java's heap. */
    MemoryNeed need() {
        return MemoryNeed.of(worker.memory().total());
    }

    /** For print; bytes are those of one worker. */
    Map<String, Object> values(Map<String, Object> memory) {
        long parameters = worker.memory().parameters();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("partitions", parallel.workers());
        values.put("steps_of_a_round", parallel.innerSteps(plan));
        values.put("images_of_a_step", parallel.batchSize(plan));
        values.put("seconds_of_a_round", worker.secondsPerStep() * parallel.innerSteps(plan));
        values.put("bytes_to_a_worker", parameters * Float.BYTES);
        values.put("bytes_from_a_worker", parameters * parallel.wire().bytes());
        values.putAll(memory);
        return values;
    }
}
