package io.percolate.pipeline.training.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.conditioning.CaptionEncoder;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.pipeline.training.text.CaptionOrder.Captions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Training of a text encoder by the captions of images that are to be told apart. */
final class TextTask implements TrainingTask {

    private static final String VECTORS = "classifier.";

    /** Vectors that begin as noise may move faster than an encoder that knows something. */
    private static final double VECTOR_RATE = 3;

    private final WordsRecipe recipe;
    private final ImageDataset dataset;
    private final Optional<EverydayWords> everyday;
    private final NDManager manager;
    private final CaptionEncoder captions;
    private final CaptionClassifier classifier;
    private final Optimizer optimizer;
    private CaptionOrder order;

    /** Goes on from the text encoder of {@code model}. */
    TextTask(WordsRecipe recipe, Path model, ImageDataset all) {
        this.recipe = recipe;
        dataset = all.where(entry -> !entry.captions().isEmpty());
        requireChoice(all);
        everyday = EverydayWords.of(dataset);
        manager = TorchEngine.newManager(recipe.plan().device());
        captions = CaptionEncoder.load(model, manager);
        captions.encoder().makeTrainable();
        classifier = new CaptionClassifier(captions.text().towers().get(0), dataset.size(), recipe.temperature());
        classifier.initialise(manager, recipe.plan().seed());
        classifier.makeTrainable();
        optimizer = new Optimizer(
                parameters(), recipe.plan().optimizerConfig(), name -> name.startsWith(VECTORS) ? VECTOR_RATE : 1);
    }

    private void requireChoice(ImageDataset all) {
        if (dataset.size() < 2) {
            throw new IllegalArgumentException(
                    all.folder() + ": " + dataset.size() + " images have captions, but telling them apart takes two");
        }
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(captions.parameters());
        classifier.parameters().forEach((name, parameter) -> all.put(VECTORS + name, parameter));
        return all;
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public void begin(Position start) {
        order = new CaptionOrder(dataset, recipe.dropout(), recipe.plan().seed(), start);
    }

    @Override
    public Position position() {
        return order.position();
    }

    @Override
    public StepResult step(NDManager owner, RandomSource random) {
        Captions next = order.next(recipe.plan().batchSize());
        return StepResult.of(optimizer.minimise(() -> loss(next)));
    }

    private NDArray loss(Captions next) {
        NDArray targets = targets(next.images());
        return classifier.loss(next.texts(), targets, recipe.plan().precision());
    }

    /** A matrix (B,N) with a 1 in each row. */
    private NDArray targets(List<Integer> images) {
        int columns = dataset.size();
        float[] values = new float[images.size() * columns];
        for (int row = 0; row < images.size(); row++) {
            values[row * columns + images.get(row)] = 1;
        }
        return TorchArray.of(manager, values, new Shape(images.size(), columns));
    }

    @Override
    public double waitedSeconds() {
        return 0;
    }

    /** There is nothing to see. */
    @Override
    public void writeSample(NDManager owner, Path png) {}

    /** How often the prompts that no training sees, the metadata's {@code everyday}, pick their image. */
    @Override
    public Map<String, Double> validate(NDManager owner) {
        return Gradients.off(() -> everyday.map(words -> words.told(prompts ->
                        classifier.cosines(prompts, owner, recipe.plan().precision())))
                .orElse(Map.of()));
    }

    @Override
    public void save(Path folder) {
        captions.save(folder);
    }

    @Override
    public void close() {
        optimizer.close();
        classifier.close();
        captions.close();
        manager.close();
    }
}
