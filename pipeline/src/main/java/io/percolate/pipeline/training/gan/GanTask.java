package io.percolate.pipeline.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.Companion;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingSteps;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.vae.losses.PatchDiscriminator;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Training of a generator, and of the discriminator beside it. */
final class GanTask extends TrainingSteps.OnBatches implements TrainingTask {

    private static final int SAMPLES = 8;

    /** That of Radford et al. 2016 for the first, that of most hinge losses for the second. */
    private static final AdamWConfig ADAM = new AdamWConfig(0.5, 0.9, 1e-8, 0);

    private final NDManager manager;
    private final GanRecipe recipe;
    private final ImageDataset dataset;
    private final ImageGenerator generator;
    private final Opponent opponent;
    private final Optimizer optimizer;
    private final GanStep step;

    GanTask(GanRecipe recipe, ImageDataset dataset) {
        this.recipe = recipe;
        this.dataset = dataset;
        TrainingPlan plan = recipe.plan();
        manager = TorchEngine.newManager(plan.device());
        generator = new ImageGenerator(recipe.generator());
        generator.initialise(manager, plan.seed());
        generator.makeTrainable();
        PatchDiscriminator discriminator = new PatchDiscriminator(3, recipe.discriminator());
        discriminator.initialise(manager, plan.seed());
        opponent = new Opponent(discriminator, ADAM);
        optimizer = new Optimizer(generator.parameters(), plan.optimizerConfig().withRule(ADAM));
        step = new GanStep(generator, opponent, plan.precision(), optimizer);
    }

    @Override
    public Map<String, Parameter> parameters() {
        return generator.parameters();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public Optional<Companion> companion() {
        return Optional.of(opponent.companion());
    }

    @Override
    protected Batches batches(Position start) {
        Framing framing = recipe.plan().data().framing(dataset, ImageTransform.square(recipe.sampleSize()), 1);
        return BatchLoader.shuffled(
                dataset, recipe.plan().loader(framing), recipe.plan().seed(), start);
    }

    @Override
    protected StepResult step(Batch batch, RandomSource random) {
        return step.step(batch, random);
    }

    @Override
    public void writeSample(NDManager manager, Path png) {
        List<BufferedImage> images = new ArrayList<>();
        for (int seed = 0; seed < SAMPLES; seed++) {
            try (NDArray image = generator.image(seed, manager)) {
                images.addAll(Pixels.images(image));
            }
        }
        ImageFiles.writePng(png, new ImageGrid(SAMPLES, 4).draw(images));
    }

    @Override
    public int sampleSide() {
        return recipe.sampleSize();
    }

    @Override
    public void save(Path folder) {
        GeneratorFiles.save(generator, folder);
    }

    @Override
    public void close() {
        super.close();
        optimizer.close();
        opponent.close();
        generator.close();
        manager.close();
    }
}
