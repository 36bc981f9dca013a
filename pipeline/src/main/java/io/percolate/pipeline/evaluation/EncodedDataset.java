package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.ImageCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every readable image of a data set where a model works: the means of its autoencoder's posteriors, brought to unit
 * variance, or pixels.
 */
final class EncodedDataset {

    private static final int BATCH = 16;

    private final Path folder;
    private final ImageCodec codec;
    private final List<ImageEntry> entries = new ArrayList<>();
    private final List<float[]> latents = new ArrayList<>();
    private ReconstructionPart kept = ReconstructionPart.NONE;

    private EncodedDataset(Path folder, ImageCodec codec) {
        this.folder = folder;
        this.codec = codec;
    }

    static EncodedDataset of(ImageDataset dataset, ImageTransform transform, ImageCodec codec, NDManager manager) {
        EncodedDataset encoded = new EncodedDataset(dataset.folder(), codec);
        try (BatchLoader loader = BatchLoader.once(dataset, BATCH, transform)) {
            codec.use(() -> Gradients.off(() -> {
                while (loader.hasNext()) {
                    Scope.run(() -> encoded.add(loader.next(manager)));
                }
                return null;
            }));
        }
        return encoded;
    }

    private void add(Batch batch) {
        batch.items().forEach(item -> entries.add(item.entry()));
        NDArray encoded = codec.encode(batch.images());
        latents.addAll(rows(encoded));
        if (codec.autoencoder().isPresent()) {
            kept = kept.merge(ReconstructionPart.of(codec.decode(encoded), batch.images()));
        }
    }

    /** The readable images, in their order. */
    ImageDataset dataset() {
        return new ImageDataset(folder, entries);
    }

    /** The images' rows, in their order. */
    List<float[]> latents() {
        return latents;
    }

    /** What the autoencoder keeps of the images; nothing if there is none. */
    ReconstructionPart kept() {
        return kept;
    }

    /** What the autoencoder keeps of the images, if there is one. */
    Optional<Reconstruction> reconstruction() {
        return codec.autoencoder().map(vae -> kept.whole());
    }

    /** Ranks every image here by its distance to each of {@code images} (B,3,H,W): where those of {@code own} stand. */
    List<Integer> ranks(NDArray images, List<ImageEntry> own) {
        List<float[]> queries = encode(images);
        return IntStream.range(0, own.size())
                .mapToObj(i -> rank(queries.get(i), entries.indexOf(own.get(i))))
                .toList();
    }

    /** What the model's space makes of images (B,3,H,W), a row for each. */
    List<float[]> encode(NDArray images) {
        List<float[]> encoded = new ArrayList<>();
        codec.use(() -> Gradients.off(() -> {
            Scope.run(() -> encoded.addAll(rows(codec.encode(images))));
            return null;
        }));
        return encoded;
    }

    private int rank(float[] query, int own) {
        double distance = distance(query, latents.get(own));
        return 1
                + (int) latents.stream()
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

    /** Squared Euclidean distance. */
    static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
