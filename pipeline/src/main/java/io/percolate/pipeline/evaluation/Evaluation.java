package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.vae.ImageMetrics;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures a text-to-image model on a data set of captioned images: what its autoencoder keeps of them, and whether
 * what it draws for a caption is nearer to that caption's image than to the others.
 *
 * <p>Nearness is Euclidean distance where the model works: between the means of the autoencoder's posteriors, not
 * scaled, or between pixels. Each caption gets one image; caption i has seed i.
 */
public final class Evaluation implements AutoCloseable {

    private static final int BATCH = 16;

    private final NDManager manager = TorchEngine.newManager();
    private final Pipeline pipeline;
    private final ImageCodec codec;
    private final List<ImageEntry> entries = new ArrayList<>();
    private final List<float[]> encoded = new ArrayList<>();
    private final Optional<Reconstruction> reconstruction;

    /** Encodes every image of {@code dataset}; {@code pipeline} stays the caller's. */
    public Evaluation(Pipeline pipeline, ImageDataset dataset) {
        this.pipeline = pipeline;
        codec = pipeline.codec();
        ImageTransform transform = ImageTransform.square(pipeline.defaults().width());
        try (BatchLoader loader =
                new BatchLoader(dataset, LoaderConfig.evaluation(BATCH, transform), DataOrder.once(dataset))) {
            reconstruction = codec.use(() -> Gradients.off(() -> encodeAll(loader)));
        }
    }

    /** What the autoencoder keeps of the images, if there is one. */
    public Optional<Reconstruction> reconstruction() {
        return reconstruction;
    }

    /** Draws an image for the first caption of each of {@code queries} and ranks all images of the data set by it. */
    public Retrieval retrieval(List<ImageEntry> queries, int steps) {
        int[] ranks = new int[queries.size()];
        for (int start = 0; start < ranks.length; start += BATCH) {
            List<ImageEntry> part = queries.subList(start, Math.min(ranks.length, start + BATCH));
            List<float[]> drawn = draw(part, start, steps);
            for (int i = 0; i < part.size(); i++) {
                ranks[start + i] = rank(drawn.get(i), entries.indexOf(part.get(i)));
            }
        }
        return Retrieval.of(ranks, entries.size());
    }

    private Optional<Reconstruction> encodeAll(BatchLoader loader) {
        List<Double> psnr = new ArrayList<>();
        List<Double> ssim = new ArrayList<>();
        while (loader.hasNext()) {
            Scope.run(() -> {
                Batch batch = loader.next(manager);
                batch.draws().forEach(draw -> entries.add(draw.entry()));
                NDArray code = codec.encodeUnscaled(batch.images());
                encoded.addAll(rows(code));
                pipeline.autoencoder().ifPresent(vae -> {
                    NDArray decoded = Aten.clamp(vae.decode(code), -1, 1);
                    Arrays.stream(ImageMetrics.psnr(decoded, batch.images())).forEach(psnr::add);
                    Arrays.stream(ImageMetrics.ssim(decoded, batch.images())).forEach(ssim::add);
                });
            });
        }
        return pipeline.autoencoder().map(vae -> new Reconstruction(psnr.size(), mean(psnr), mean(ssim)));
    }

    private List<float[]> draw(List<ImageEntry> part, long seed, int steps) {
        String[] captions = part.stream().map(ImageEntry::caption).toArray(String[]::new);
        GenerationRequest request =
                GenerationRequest.of(captions).steps(steps).seed(seed).build();
        List<BufferedImage> images =
                pipeline.generate(request).stream().map(GeneratedImage::image).toList();
        List<float[]> drawn = new ArrayList<>();
        Gradients.off(() -> {
            Scope.run(() -> drawn.addAll(rows(codec.encodeUnscaled(Pixels.of(images, manager)))));
            return null;
        });
        return drawn;
    }

    private int rank(float[] query, int own) {
        double distance = distance(query, encoded.get(own));
        return 1
                + (int) encoded.stream()
                        .filter(other -> distance(query, other) < distance)
                        .count();
    }

    private static List<float[]> rows(NDArray batch) {
        float[] all = batch.toFloatArray();
        int count = (int) batch.getShape().get(0);
        int length = all.length / count;
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Arrays.copyOfRange(all, i * length, (i + 1) * length));
        }
        return rows;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    @Override
    public void close() {
        manager.close();
    }
}
