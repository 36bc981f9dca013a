package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes the images that a cache lacks, those of one size together, and says how far it is. */
final class EncodingPass implements GroupEncoder.Latents {

    private static final Logger LOG = LoggerFactory.getLogger(EncodingPass.class);

    private final LatentCache cache;
    private final Framing framing;
    private final GroupEncoder encoder;
    private final ImageContents contents;
    private final TrainingListener listener;
    private final ShardWriter writer;
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
        this.encoder = new GroupEncoder(encoder, storage.pixelsAtOnce());
        this.contents = contents;
        writer = new ShardWriter(cache.shards());
    }

    /** Encodes what is missing of {@code dataset}, each content once. */
    void run(ImageDataset dataset, NDManager manager) {
        List<ImageGroup> groups = ImageGroup.missing(cache, dataset, framing);
        missing = groups.stream().mapToInt(group -> group.images().size()).sum();
        if (missing > 0) {
            LOG.info("encoding {} images", missing);
            listener.busy(Activity.ENCODING, 0, missing);
        }
        try (writer) {
            try {
                groups.forEach(group -> encoder.encode(group, this, manager).forEach(contents::addBroken));
            } catch (CancelledException stopped) {
                writer.flush();
                throw stopped;
            }
            writer.flush();
        }
    }

    @Override
    public String name(ImageEntry entry, boolean mirrored) {
        return cache.name(entry, mirrored).orElseThrow();
    }

    @Override
    public void add(String name, NDArray latents) {
        writer.add(name, latents);
    }

    @Override
    public void encoded(int images) {
        encoded += images;
        listener.busy(Activity.ENCODING, encoded, missing);
        if (writer.isFull()) {
            writer.flush();
            report();
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
