package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.MeasuredBatches;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.DataPlan;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.pipeline.training.space.LatentStorage;
import io.percolate.pipeline.training.space.TrainingBatches;
import java.nio.file.Path;
import java.util.Map;

/** Training of the denoiser, in latents or on pixels, and of the text encoder with it. */
final class DiffusionTask implements TrainingTask {

    private final NDManager manager;
    private final TrainingListener listener;
    private final TrainingPlan plan;
    private final ValidationImages images;
    private final DiffusionObjective objective;
    private final TrainedModel model;
    private final Optimizer optimizer;
    private final DiffusionStep step;
    private final TrainingBatches source;
    private MeasuredBatches batches;
    private Position position = Position.START;

    /** Prepares a training on {@code dataset}. */
    DiffusionTask(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders, TrainingListener listener) {
        this(recipe, dataset, dataset, folders, listener);
    }

    /** The same on {@code seen}, some images of {@code dataset}, whose captions or classes the model knows. */
    DiffusionTask(
            DiffusionRecipe recipe,
            ImageDataset dataset,
            ImageDataset seen,
            DiffusionFolders folders,
            TrainingListener listener) {
        this.listener = listener;
        plan = recipe.plan();
        manager = TorchEngine.newManager(plan.device());
        images = ValidationImages.of(seen, plan.saving().validation());
        objective = objective(recipe);
        model = TrainedModel.of(recipe, seen == dataset ? images.trained() : dataset, folders, manager);
        optimizer = new Optimizer(model.parameters(), plan.optimizerConfig());
        step = new DiffusionStep(model.networks(), objective, plan.precision(), optimizer);
        DataPlan data = plan.data();
        Framing framing = data.framing(images.trained(), ImageTransform.square(model.size()), model.multiple());
        LoaderConfig loader = plan.loader(framing);
        LatentStorage storage = new LatentStorage(
                data.cacheFolder(folders.out()),
                data.cacheType().type(),
                plan.compute().beside().pixelsAtOnce(),
                listener);
        source = model.networks().space().batches(images.trained(), loader, storage);
    }

    private static DiffusionObjective objective(DiffusionRecipe recipe) {
        return new DiffusionObjective(
                recipe.loss().of(recipe.process()),
                recipe.loss().timesteps(),
                recipe.prompts().dropout());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public void begin(Position start) {
        position = start;
        batches = new MeasuredBatches(source.from(start, plan.seed()));
    }

    @Override
    public Position position() {
        return position;
    }

    @Override
    public StepResult step(NDManager manager, RandomSource random) {
        try (Batch batch = batches.next(manager)) {
            position = batch.next();
            return step.step(batch, random);
        }
    }

    @Override
    public double waitedSeconds() {
        return batches.waitedSeconds();
    }

    @Override
    public void writeSample(NDManager manager, Path png) {
        model.writeSample(images.trained(), png, listener);
    }

    @Override
    public Map<String, Double> validate(NDManager manager) {
        ImageTransform transform = ImageTransform.square(model.size());
        int atOnce = plan.compute().beside().imagesAtOnce(transform.size().area());
        try (BatchLoader heldOut = BatchLoader.once(images.heldOut(), atOnce, transform)) {
            return DiffusionValidation.of(model.networks(), objective.loss(), plan.precision(), heldOut, manager);
        }
    }

    @Override
    public int sampleSide() {
        return model.size();
    }

    @Override
    public void save(Path out) {
        model.save(out);
    }

    @Override
    public void close() {
        if (batches != null) {
            batches.close();
        }
        source.close();
        optimizer.close();
        model.close();
        manager.close();
    }
}
