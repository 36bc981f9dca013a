package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeLoss;
import io.percolate.weights.tensors.ElementType;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Training of the autoencoder: images in, the same images out. */
final class VaeTask implements TrainingTask {

    private static final int SAMPLES = 8;

    private final NDManager manager = TorchEngine.newManager();
    private final VaeRecipe recipe;
    private final ImageDataset dataset;
    private final AutoencoderKl vae;
    private final VaeLoss loss;
    private BatchLoader batches;
    private Position position;

    VaeTask(VaeRecipe recipe, ImageDataset dataset) {
        this.recipe = recipe;
        this.dataset = dataset;
        vae = new AutoencoderKl(recipe.vae());
        vae.initialise(manager, recipe.plan().seed());
        vae.makeTrainable();
        loss = new VaeLoss(recipe.loss());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return vae.parameters();
    }

    @Override
    public void begin(Position start) {
        position = start;
        batches = new BatchLoader(
                dataset,
                LoaderConfig.training(recipe.plan().batchSize(), transform()),
                DataOrder.shuffled(dataset, recipe.plan().seed(), start));
    }

    @Override
    public Position position() {
        return position;
    }

    /** Kingma and Welling 2014, algorithm 1: reconstruction of a sample of the posterior, and its divergence. */
    @Override
    public Map<String, Double> backward(NDManager manager, long step) {
        try (Batch batch = batches.next(manager)) {
            position = batch.next();
            RandomStream random = new RandomStream(31L * recipe.plan().seed() + step);
            NDArray images = Aten.to(batch.images(), recipe.plan().precision());
            LatentDistribution posterior = vae.encode(images);
            NDArray noise = random.normal(manager, posterior.mean().getShape(), DataType.FLOAT32);
            NDArray decoded = vae.decode(Aten.like(posterior.sample(noise), images));
            try (VaeLoss.Value value = loss.of(batch.images(), decoded, posterior)) {
                Gradients.backward(value.total());
                return report(value);
            }
        }
    }

    private static Map<String, Double> report(VaeLoss.Value value) {
        Map<String, Double> report = new LinkedHashMap<>();
        report.put("loss", (double) value.total().getFloat());
        report.put("reconstruction", (double) value.reconstruction());
        report.put("gradient", (double) value.gradient());
        report.put("kl", (double) value.kl());
        return report;
    }

    /** Two rows: images, and what became of them. */
    @Override
    public void drawSample(NDManager manager, Path png) {
        try (BatchLoader first = BatchLoader.once(dataset, SAMPLES, transform())) {
            NDArray images = first.next(manager).images();
            NDArray decoded = vae.decode(vae.encode(images).mode());
            List<BufferedImage> cells = new ArrayList<>(Pixels.images(images));
            cells.addAll(Pixels.images(decoded));
            ImageFiles.writePng(png, new ImageGrid(SAMPLES, 4).draw(cells));
        }
    }

    /** Writes the autoencoder, with the latent scale measured on images of the data set. */
    @Override
    public void save(Path folder) {
        vae.withLatentScale(MeasuredScale.of(vae, dataset, transform())).save(folder, ElementType.F32);
    }

    private ImageTransform transform() {
        return ImageTransform.square(recipe.vae().sampleSize());
    }

    @Override
    public void close() {
        if (batches != null) {
            batches.close();
        }
        vae.close();
        manager.close();
    }
}
