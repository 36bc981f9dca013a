package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.pipeline.training.space.TrainingBatches;
import io.percolate.pipeline.training.space.TrainingSpace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Training of the denoiser, in latents or on pixels, and of the text encoder with it. */
final class DiffusionTask implements TrainingTask {

    private final NDManager manager = TorchEngine.newManager();
    private final DiffusionRecipe recipe;
    private final ImageDataset dataset;
    private final TrainedModel model;
    private final TrainingBatches examples;
    private final DiffusionLoss objective;
    private Batches batches;
    private Position position = Position.START;

    /** Prepares a training on {@code dataset}. */
    DiffusionTask(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        this.recipe = recipe;
        this.dataset = dataset;
        TrainingSpace space = TrainingSpace.open(folders.vae(), manager);
        model = folders.start()
                .map(start -> TrainedModel.continued(recipe, space, start, manager))
                .orElseGet(() -> TrainedModel.fresh(recipe, space, dataset, manager));
        ImageTransform transform = ImageTransform.square(model.size());
        examples = space.examples(dataset, LoaderConfig.training(recipe.plan().batchSize(), transform), folders.out());
        objective = recipe.loss().of(recipe.process());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public void begin(Position start) {
        position = start;
        batches = examples.from(start, recipe.plan().seed());
    }

    @Override
    public Position position() {
        return position;
    }

    /** Rombach et al. 2022, eqs. 1 and 2: the error of the denoiser on noisy images, told the captions. */
    @Override
    public Map<String, Double> backward(NDManager manager, long step) {
        RandomStream random = new RandomStream(31L * recipe.plan().seed() + step);
        try (Batch batch = batches.next(manager)) {
            position = batch.next();
            NDArray z0 = batch.images();
            NDArray noise = random.normal(manager, z0.getShape(), DataType.FLOAT32);
            NoiseSchedule schedule = objective.schedule();
            NDArray timesteps =
                    TorchArray.of(manager, recipe.loss().timesteps().sample(batch.size(), schedule.steps(), random));
            NDArray zt = Aten.to(
                    schedule.addNoise(z0, noise, timesteps), recipe.plan().precision());
            DenoiserInputs conditions = model.conditions(batch.captions(), random);
            NDArray output = model.unet().forward(zt, timesteps, conditions);
            NDArray loss = objective.of(output, z0, noise, timesteps);
            Gradients.backward(loss);
            return new LinkedHashMap<>(Map.of("loss", (double) loss.getFloat()));
        }
    }

    @Override
    public void drawSample(NDManager manager, Path png) {
        model.drawSample(dataset, png);
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
        model.close();
        manager.close();
    }
}
