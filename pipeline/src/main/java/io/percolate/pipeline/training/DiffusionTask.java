package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.conditioning.CaptionDropout;
import io.percolate.diffusion.DiffusionLoss;
import io.percolate.diffusion.NoiseSchedule;
import io.percolate.diffusion.unet.Conditions;
import io.percolate.nn.Aten;
import io.percolate.nn.Gradients;
import io.percolate.nn.Parameter;
import io.percolate.nn.RandomStream;
import io.percolate.nn.TorchArray;
import io.percolate.nn.TorchEngine;
import io.percolate.pipeline.data.Draw;
import io.percolate.pipeline.data.Draws;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Training of the denoiser in an autoencoder's latents, and of the text encoder with it. */
final class DiffusionTask implements TrainingTask {

    private final NDManager manager = TorchEngine.newManager();
    private final DiffusionRecipe recipe;
    private final ImageDataset dataset;
    private final LatentCache latents;
    private final LatentModel model;
    private final DiffusionLoss objective;
    private final CaptionDropout dropout;
    private Iterator<Draw> draws;
    private Position position = Position.START;

    /** Prepares a training on {@code dataset}. */
    DiffusionTask(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        this.recipe = recipe;
        model = folders.start()
                .map(start -> LatentModel.continued(recipe, folders.vae(), start, manager))
                .orElseGet(() -> LatentModel.fresh(recipe, folders.vae(), dataset, manager));
        latents = model.encode(dataset, folders.out().resolve("latents.safetensors"));
        this.dataset = dataset.where(latents::has);
        objective = recipe.loss().of(recipe.process());
        dropout = new CaptionDropout(recipe.text().captionDropout());
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        model.unet().parameters().forEach((name, parameter) -> all.put("unet." + name, parameter));
        model.captions()
                .encoder()
                .parameters()
                .forEach((name, parameter) -> all.put("text_encoder_2." + name, parameter));
        return all;
    }

    @Override
    public void begin(Position start) {
        position = start;
        draws = Draws.shuffled(dataset, recipe.plan().seed(), start);
    }

    @Override
    public Position position() {
        return position;
    }

    /** Rombach et al. 2022, eq. 2: the error of the denoiser on noisy latents, told the captions. */
    @Override
    public Map<String, Double> backward(NDManager manager, long step) {
        RandomStream random = new RandomStream(31L * recipe.plan().seed() + step);
        List<Draw> batch = nextBatch();
        NDArray z0 = latents.of(batch.stream().map(Draw::entry).toList(), manager);
        NDArray noise = random.normal(manager, z0.getShape(), DataType.FLOAT32);
        NoiseSchedule schedule = objective.schedule();
        NDArray timesteps =
                TorchArray.of(manager, recipe.loss().timesteps().draw(batch.size(), schedule.steps(), random));
        NDArray zt =
                Aten.to(schedule.addNoise(z0, noise, timesteps), recipe.plan().precision());
        NDArray output = model.unet().forward(zt, timesteps, conditions(batch, random));
        NDArray loss = objective.of(output, z0, noise, timesteps);
        Gradients.backward(loss);
        return new LinkedHashMap<>(Map.of("loss", (double) loss.getFloat()));
    }

    private List<Draw> nextBatch() {
        List<Draw> batch = new ArrayList<>();
        while (batch.size() < recipe.plan().batchSize()) {
            batch.add(draws.next());
        }
        Position last = batch.get(batch.size() - 1).position();
        position = new Position(last.epoch(), last.index() + 1);
        return batch;
    }

    private Conditions conditions(List<Draw> batch, RandomStream random) {
        List<String> captions =
                dropout.apply(batch.stream().map(Draw::anyCaption).toList(), random);
        return model.captions().encode(captions, model.size(), recipe.plan().precision());
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
        model.close();
        manager.close();
    }
}
