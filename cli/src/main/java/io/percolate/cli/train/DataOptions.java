package io.percolate.cli.train;

import io.percolate.pipeline.training.recipe.DataPlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How the trainings of denoisers, and of what is added to them, take their images, and what their samples show. */
final class DataOptions {

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "what the sample images are to show, one prompt or class a line (default: captions or classes"
                    + " from all over the data set)")
    private Path prompts;

    @Option(
            names = "--buckets",
            description = "keep about the shape of each image, in sizes of equal area, in place of cutting squares")
    private boolean buckets;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "folder for the latents of encoded images, which several runs may share (default: in the run"
                    + " folder)")
    private Path cache;

    /** {@code plan} with the prompts, the buckets and the cache that are given, if any are. */
    TrainingPlan over(TrainingPlan plan) {
        TrainingPlan cached = plan.withData(over(plan.data()));
        return prompts == null
                ? cached
                : cached.withSaving(cached.saving().withPrompts(new PromptFile(prompts).prompts()));
    }

    private DataPlan over(DataPlan usual) {
        DataPlan plan = buckets ? usual.withBuckets(true) : usual;
        return cache == null ? plan : plan.withCache(cache);
    }
}
