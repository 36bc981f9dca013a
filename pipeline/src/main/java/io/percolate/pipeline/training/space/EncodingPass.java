package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.OneSize;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes the images that a cache lacks, those of one size together, and says how far it is. */
final class EncodingPass {

    private static final Logger LOG = LoggerFactory.getLogger(EncodingPass.class);

    private static final int MOST_IMAGES = 64;

    /** Images that are encoded in the same way. */
    private record Group(PixelSize size, List<Boolean> sides) {}

    private final LatentCache cache;
    private final Framing framing;
    private final PosteriorEncoder encoder;
    private final long pixelsAtOnce;
    private final ImageContents contents;
    private final TrainingListener listener;
    private int encoded;
    private int missing;
    private final long begin = System.nanoTime();

    EncodingPass(
            LatentCache cache,
            Framing framing,
            PosteriorEncoder encoder,
            ImageContents contents,
            LatentStorage storage) {
        this.cache = cache;
        listener = storage.listener();
        this.framing = framing;
        this.encoder = encoder;
        pixelsAtOnce = storage.pixelsAtOnce();
        this.contents = contents;
    }

    /** Encodes what is missing of {@code dataset}, each content once. */
    void run(ImageDataset dataset, NDManager manager) {
        Map<Group, List<ImageEntry>> groups = groups(dataset);
        missing = groups.values().stream().mapToInt(List::size).sum();
        if (missing > 0) {
            LOG.info("encoding {} images", missing);
            listener.busy(Activity.ENCODING, 0, missing);
        }
        try (ShardWriter writer = new ShardWriter(cache.shards())) {
            try {
                groups.forEach((group, entries) ->
                        encode(group, new ImageDataset(dataset.folder(), entries), writer, manager));
            } catch (CancelledException stopped) {
                writer.flush();
                throw stopped;
            }
            writer.flush();
        }
    }

    private Map<Group, List<ImageEntry>> groups(ImageDataset dataset) {
        Map<Group, List<ImageEntry>> groups = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (ImageEntry entry : dataset.entries()) {
            List<Boolean> sides = cache.sides(entry)
                    .filter(side -> cache.name(entry, side)
                            .filter(name -> !cache.shards().has(name) && seen.add(name))
                            .isPresent())
                    .toList();
            if (!sides.isEmpty()) {
                groups.computeIfAbsent(new Group(framing.of(entry).size(), sides), group -> new ArrayList<>())
                        .add(entry);
            }
        }
        return groups;
    }

    private void encode(Group group, ImageDataset images, ShardWriter writer, NDManager manager) {
        ImageTransform upright = framing.transform().withSize(group.size).withFlips(false);
        int batchSize = (int) Math.max(1, Math.min(MOST_IMAGES, pixelsAtOnce / group.size.area()));
        try (BatchLoader loader = BatchLoader.once(images, LoaderConfig.evaluation(batchSize, new OneSize(upright)))) {
            while (loader.hasNext()) {
                CancelledException.ifInterrupted("encoding");
                try (Batch batch = loader.next(manager)) {
                    group.sides.forEach(mirrored -> encode(batch, mirrored, writer));
                    encoded += batch.size();
                    listener.busy(Activity.ENCODING, encoded, missing);
                }
                if (writer.isFull()) {
                    writer.flush();
                    report();
                }
            }
            loader.broken().forEach(contents::addBroken);
        }
    }

    private void encode(Batch batch, boolean mirrored, ShardWriter writer) {
        try (NDArray pixels = mirrored ? batch.images().flip(3) : batch.images().duplicate();
                NDArray posterior = encoder.encode(pixels)) {
            for (int i = 0; i < batch.size(); i++) {
                String name = cache.name(batch.items().get(i).entry(), mirrored).orElseThrow();
                writer.add(name, posterior.get(i).duplicate());
            }
        }
    }

    private void report() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        LOG.info(
                "encoded {} of {} images, about {} minutes left",
                encoded,
                missing,
                "%.1f".formatted(seconds / encoded * (missing - encoded) / 60));
    }
}
