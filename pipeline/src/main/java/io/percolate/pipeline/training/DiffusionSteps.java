package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Minimiser;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.DataPlan;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.space.LatentStorage;
import io.percolate.pipeline.training.space.TrainingBatches;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The steps of a denoiser's training, whatever becomes of their gradients. */
final class DiffusionSteps extends TrainingSteps.OnBatches {

    private final NDManager manager;
    private final TrainingPlan plan;
    private final TrainedModel model;
    private final Learning learning;
    private final TrainingBatches source;

    /** @param minimiser gets the loss of each step */
    DiffusionSteps(
            DiffusionRecipe recipe,
            Data data,
            DiffusionFolders folders,
            TrainingListener listener,
            Function<Map<String, Parameter>, Minimiser> minimiser) {
        plan = recipe.plan();
        manager = TorchEngine.newManager(plan.device());
        DiffusionObjective objective = DiffusionObjective.of(
                recipe.loss(), recipe.process(), recipe.prompts().dropout());
        model = TrainedModel.of(recipe, data.known(), folders, manager);
        learning = new DenoiserLearning(
                model.networks(), objective, plan.precision(), minimiser.apply(model.parameters()));
        DataPlan how = plan.data();
        Framing framing = how.framing(data.images().trained(), ImageTransform.square(model.size()), model.multiple());
        LatentStorage storage = new LatentStorage(
                how.cacheFolder(folders.out()),
                how.cacheType().type(),
                plan.compute().beside().pixelsAtOnce(),
                listener);
        source = model.networks().space().batches(data.images().trained(), plan.loader(framing), storage);
    }

    Learning learning() {
        return learning;
    }

    TrainedModel model() {
        return model;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    protected Batches batches(Position start) {
        return source.from(start, plan.seed());
    }

    @Override
    protected StepResult step(Batch batch, RandomSource random) {
        return learning.step(batch, random);
    }

    @Override
    public void close() {
        super.close();
        source.close();
        model.close();
        manager.close();
    }

    /**
     * The images of a diffusion training.
     *
     * @param known those whose captions or classes the model knows
     * @param images what it learns from, and what it is judged by
     */
    record Data(ImageDataset known, ValidationImages images) {

        /** All of {@code dataset}, some of which are held out. */
        static Data of(ImageDataset dataset, ValidationPlan plan) {
            ValidationImages images = ValidationImages.of(dataset, plan);
            return new Data(images.trained(), images);
        }

        /** The same with {@code part} of what is learned from. */
        Data with(UnaryOperator<ImageDataset> part) {
            return new Data(known, new ValidationImages(part.apply(images.trained()), images.heldOut()));
        }
    }
}
