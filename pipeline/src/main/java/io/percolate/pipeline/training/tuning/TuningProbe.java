package io.percolate.pipeline.training.tuning;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.training.memory.ProbeFolder;
import io.percolate.pipeline.training.memory.TrainingProbe;
import io.percolate.pipeline.training.recipe.DataPlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingTask;

/** Fine-tunings on a few images, in a folder that is deleted afterwards. */
final class TuningProbe implements TrainingProbe, AutoCloseable {

    /** Mean and standard deviation. */
    private static final int VALUES_PER_LATENT = 2;

    private final TuningRecipe recipe;
    private final TuningRun run;
    private final TuningData data;
    private final ProbeFolder scratch = new ProbeFolder();
    private final int side;
    private final long latents;
    private final ImageDataset few;

    TuningProbe(TuningRecipe recipe, TuningRun run, TuningData data) {
        this.recipe = recipe;
        this.run = run;
        this.data = data;
        try (BaseModel base = BaseModel.open(
                run.source(), run.source().options(recipe.plan()), recipe.plan().precision())) {
            side = recipe.resolution().orElse(base.usualSide());
            ImageCodec codec = base.trainingSpace().codec();
            latents = codec.factor() == 1 ? 0 : codec.shape(1, side, side).size();
        }
        few = scratch.images(data.trained(), side);
    }

    @Override
    public TrainingTask open(TrainingPlan plan, int divisor) {
        TuningRecipe smaller = recipe.withPlan(plan).withResolution(side / divisor);
        TuningRun probe = new TuningRun(run.source(), scratch.resolve("divided-by-" + divisor));
        return probe.open(smaller, data.with(few), TrainingListener.NONE);
    }

    @Override
    public ImageDataset dataset() {
        return data.trained();
    }

    @Override
    public ImageTransform trainedImages() {
        return images();
    }

    @Override
    public ImageTransform images() {
        return ImageTransform.square(side);
    }

    @Override
    public long cacheBytes() {
        DataPlan how = recipe.plan().data();
        return latents
                * VALUES_PER_LATENT
                * how.cacheType().type().bytes()
                * (how.flips() ? 2 : 1)
                * data.trained().size();
    }

    @Override
    public void close() {
        scratch.close();
    }
}
