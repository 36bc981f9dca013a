package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every image of a data set as latents (N,C,h,w), encoded once and kept in a safetensors file, so that training
 * needs neither the images nor the autoencoder. Where images are mirrored, the latents of all that are follow those of
 * all that are not. Images that cannot be read are left out.
 */
final class LatentCache {

    private static final Logger LOG = LoggerFactory.getLogger(LatentCache.class);
    private static final String TENSOR = "latents";
    private static final String FLIPS = "flips";
    private static final String UNREADABLE = "unreadable";
    private static final String SEPARATOR = "\n";
    private static final int BATCH = 16;

    private final NDArray latents;
    private final boolean flips;
    private final Map<ImageEntry, Integer> rows = new HashMap<>();

    private LatentCache(NDArray latents, boolean flips, ImageDataset readable) {
        this.latents = latents;
        this.flips = flips;
        for (int i = 0; i < readable.size(); i++) {
            rows.put(readable.entries().get(i), i);
        }
    }

    /**
     * Reads {@code file} if it was made from the same images by the same autoencoder, and makes it otherwise.
     *
     * @param source who encodes
     * @param manager owns the latents
     */
    static LatentCache open(
            Path file, ImageDataset dataset, ImageTransform transform, Source source, NDManager manager) {
        Map<String, String> origin = Map.of(
                "origin",
                source.fingerprint(),
                "images",
                Fingerprint.of(dataset),
                "size",
                transform.width() + "x" + transform.height(),
                FLIPS,
                String.valueOf(transform.flips()));
        return read(file, dataset, origin, manager).orElseGet(() -> {
            LOG.info("encoding {} images", dataset.size());
            LatentCache cache = encode(dataset, transform, source.codec(), manager);
            cache.write(file, dataset, origin);
            return cache;
        });
    }

    /**
     * Who encodes.
     *
     * @param codec the way to latents
     * @param fingerprint changes whenever the codec does
     */
    record Source(ImageCodec codec, String fingerprint) {}

    private static Optional<LatentCache> read(
            Path file, ImageDataset dataset, Map<String, String> origin, NDManager manager) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SafeTensors saved = SafeTensors.open(file)) {
            Map<String, String> metadata = saved.metadata();
            if (!metadata.entrySet().containsAll(origin.entrySet()) || !metadata.containsKey(UNREADABLE)) {
                return Optional.empty();
            }
            Set<String> unreadable =
                    new HashSet<>(List.of(metadata.get(UNREADABLE).split(SEPARATOR)));
            ImageDataset readable = dataset.where(entry -> !unreadable.contains(name(dataset, entry)));
            boolean flips = Boolean.parseBoolean(origin.get(FLIPS));
            return Optional.of(new LatentCache(saved.read(manager, TENSOR), flips, readable));
        }
    }

    private void write(Path file, ImageDataset dataset, Map<String, String> origin) {
        Map<String, String> metadata = new HashMap<>(origin);
        metadata.put(
                UNREADABLE,
                dataset.where(entry -> !has(entry)).entries().stream()
                        .map(entry -> name(dataset, entry))
                        .collect(Collectors.joining(SEPARATOR)));
        SafeTensors.write(file, Map.of(TENSOR, latents), metadata, ElementType.F32);
    }

    private static String name(ImageDataset dataset, ImageEntry entry) {
        return dataset.folder().relativize(entry.file()).toString();
    }

    private static LatentCache encode(
            ImageDataset dataset, ImageTransform transform, ImageCodec codec, NDManager manager) {
        List<NDArray> parts = new ArrayList<>();
        List<NDArray> mirrored = new ArrayList<>();
        try (BatchLoader loader = BatchLoader.once(dataset, BATCH, transform.withFlips(false))) {
            while (loader.hasNext()) {
                try (Batch batch = loader.next(manager)) {
                    parts.add(latents(codec, batch::images));
                    if (transform.flips()) {
                        mirrored.add(latents(codec, () -> batch.images().flip(3)));
                    }
                }
            }
            ImageDataset readable = dataset.where(entry -> !loader.skipped().containsKey(entry.file()));
            parts.addAll(mirrored);
            return new LatentCache(joined(parts, dataset), transform.flips(), readable);
        }
    }

    private static NDArray latents(ImageCodec codec, Supplier<NDArray> pixels) {
        return Gradients.off(() -> Scope.keep(() -> codec.encode(pixels.get())));
    }

    private static NDArray joined(List<NDArray> parts, ImageDataset dataset) {
        if (parts.isEmpty()) {
            throw new DatasetException(dataset.folder() + ": no image to train on can be read");
        }
        try (NDList list = new NDList(parts)) {
            return NDArrays.concat(list);
        }
    }

    /** Whether there are latents of {@code entry}. */
    boolean has(ImageEntry entry) {
        return rows.containsKey(entry);
    }

    /** The latents (B,C,h,w) of these images, mirrored or not as they say. */
    NDArray of(List<DataItem> items, NDManager manager) {
        long[] indices = items.stream().mapToLong(this::row).toArray();
        Shape shape = latents.getShape();
        return Scope.keep(() -> {
            NDArray table = latents.reshape(shape.get(0), -1);
            NDArray picked = Aten.embedding(table, TorchArray.of(manager, indices));
            return picked.reshape(indices.length, shape.get(1), shape.get(2), shape.get(3));
        });
    }

    private long row(DataItem item) {
        long mirrored = latents.getShape().get(0) / 2;
        return rows.get(item.entry()) + (flips && item.mirrored() ? mirrored : 0);
    }
}
