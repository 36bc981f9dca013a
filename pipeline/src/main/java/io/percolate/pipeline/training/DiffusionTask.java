package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingTask;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Training of the denoiser, in latents or on pixels, and of the text encoder with it. */
final class DiffusionTask implements TrainingTask {

    private final TrainingListener listener;
    private final TrainingPlan plan;
    private final ValidationImages images;
    private final DiffusionSteps steps;
    private Optimizer optimizer;

    /** Prepares a training on {@code data}. */
    DiffusionTask(
            DiffusionRecipe recipe, DiffusionSteps.Data data, DiffusionFolders folders, TrainingListener listener) {
        this(recipe, data, folders, listener, UnaryOperator.identity());
    }

    /** The same with what {@code config} makes of the recipe's optimizer. */
    DiffusionTask(
            DiffusionRecipe recipe,
            DiffusionSteps.Data data,
            DiffusionFolders folders,
            TrainingListener listener,
            UnaryOperator<OptimizerConfig> config) {
        this.listener = listener;
        plan = recipe.plan();
        images = data.images();
        steps = new DiffusionSteps(recipe, data, folders, listener, parameters -> {
            optimizer = new Optimizer(parameters, config.apply(plan.optimizerConfig()));
            return optimizer;
        });
    }

    @Override
    public Map<String, Parameter> parameters() {
        return steps.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public void begin(Position start) {
        steps.begin(start);
    }

    @Override
    public Position position() {
        return steps.position();
    }

    @Override
    public StepResult step(NDManager manager, RandomSource random) {
        return steps.step(manager, random);
    }

    @Override
    public double waitedSeconds() {
        return steps.waitedSeconds();
    }

    @Override
    public void writeSample(NDManager manager, Path png) {
        steps.model().writeSample(images.trained(), png, listener);
    }

    @Override
    public Map<String, Double> validate(NDManager manager) {
        ImageTransform transform = ImageTransform.square(sampleSide());
        int atOnce = plan.compute().beside().imagesAtOnce(transform.size().area());
        try (BatchLoader heldOut = BatchLoader.once(images.heldOut(), atOnce, transform)) {
            return steps.learning().validate(heldOut, manager);
        }
    }

    @Override
    public int sampleSide() {
        return steps.model().size();
    }

    @Override
    public void save(Path out) {
        steps.model().save(out);
    }

    @Override
    public void close() {
        optimizer.close();
        steps.close();
    }
}
