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
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.DatasetException;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every image of a data set as latents (N,E,h,w), encoded once and kept in a safetensors file, so that training
 * needs neither the images nor the autoencoder. Images that cannot be read are left out.
 */
final class LatentCache {

    private static final Logger LOG = LoggerFactory.getLogger(LatentCache.class);
    private static final String TENSOR = "latents";
    private static final int BATCH = 16;

    private final NDArray latents;
    private final Map<ImageEntry, Integer> rows = new HashMap<>();

    private LatentCache(NDArray latents, List<ImageEntry> entries) {
        this.latents = latents;
        entries.forEach(entry -> rows.put(entry, rows.size()));
    }

    /**
     * Reads {@code file} if it was made from the same images by the same autoencoder, and makes it otherwise.
     *
     * @param source who encodes
     * @param manager owns the latents
     */
    static LatentCache open(
            Path file, ImageDataset dataset, ImageTransform transform, Source source, NDManager manager) {
        Map<String, String> made = Map.of(
                "origin", source.fingerprint(),
                "images", Integer.toHexString(dataset.entries().hashCode()),
                "size", transform.width() + "x" + transform.height());
        if (Files.exists(file)) {
            try (SafeTensors saved = SafeTensors.open(file)) {
                if (saved.metadata().entrySet().containsAll(made.entrySet())) {
                    return new LatentCache(saved.read(manager, TENSOR), dataset.entries());
                }
            }
        }
        LOG.info("encoding {} images", dataset.size());
        LatentCache cache = encode(dataset, transform, source.codec(), manager);
        if (cache.rows.size() == dataset.size()) {
            SafeTensors.write(file, Map.of(TENSOR, cache.latents), made, ElementType.F32);
        }
        return cache;
    }

    /**
     * Who encodes.
     *
     * @param codec encodes them
     * @param fingerprint changes whenever the codec does
     */
    record Source(ImageCodec codec, String fingerprint) {}

    private static LatentCache encode(
            ImageDataset dataset, ImageTransform transform, ImageCodec codec, NDManager manager) {
        List<NDArray> parts = new ArrayList<>();
        List<ImageEntry> entries = new ArrayList<>();
        try (BatchLoader loader =
                new BatchLoader(dataset, LoaderConfig.evaluation(BATCH, transform), DataOrder.once(dataset))) {
            while (loader.hasNext()) {
                try (Batch batch = loader.next(manager)) {
                    parts.add(Gradients.off(() -> codec.encode(batch.images())));
                    batch.draws().forEach(draw -> entries.add(draw.entry()));
                }
            }
        }
        if (parts.isEmpty()) {
            throw new DatasetException(dataset.folder() + ": no image to train on can be read");
        }
        NDArray all = NDArrays.concat(new NDList(parts));
        parts.forEach(NDArray::close);
        return new LatentCache(all, entries);
    }

    /** Whether there are latents of {@code entry}. */
    boolean has(ImageEntry entry) {
        return rows.containsKey(entry);
    }

    /** The latents (B,E,h,w) of these images. */
    NDArray of(List<ImageEntry> entries, NDManager manager) {
        long[] indices = entries.stream().mapToLong(rows::get).toArray();
        Shape shape = latents.getShape();
        return Scope.keep(() -> {
            NDArray table = latents.reshape(shape.get(0), -1);
            NDArray picked = Aten.embedding(table, TorchArray.of(manager, indices));
            return picked.reshape(indices.length, shape.get(1), shape.get(2), shape.get(3));
        });
    }
}
