package io.percolate.pipeline.data;

import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the images of a data set, and remembers them if a quarter of the heap holds them all. Thread-safe. */
final class ImageSource {

    private static final Logger LOG = LoggerFactory.getLogger(ImageSource.class);

    private final ImageTransform transform;
    private final boolean remembers;
    private final Map<Path, byte[]> remembered = new ConcurrentHashMap<>();
    private final Map<Path, String> skipped = new ConcurrentHashMap<>();

    ImageSource(ImageDataset dataset, ImageTransform transform) {
        this.transform = transform;
        long bytes = 3L * transform.width() * transform.height() * dataset.size();
        remembers = bytes <= Runtime.getRuntime().maxMemory() / 4;
    }

    /** The 8-bit levels (3,H,W) of an item; nothing if its file is broken, which is said once per file. */
    Optional<byte[]> levels(DataItem item) {
        Optional<byte[]> levels = upright(item.entry().file());
        return transform.flips() && item.mirrored() ? levels.map(this::mirrored) : levels;
    }

    /** The broken files met so far, with the reason for each. */
    Map<Path, String> skipped() {
        return Map.copyOf(skipped);
    }

    private Optional<byte[]> upright(Path file) {
        byte[] known = remembered.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        return skipped.containsKey(file) ? Optional.empty() : decoded(file);
    }

    private Optional<byte[]> decoded(Path file) {
        try {
            byte[] levels = Pixels.levels(transform.read(file));
            if (remembers) {
                remembered.put(file, levels);
            }
            return Optional.of(levels);
        } catch (BrokenImageException broken) {
            if (skipped.put(file, broken.getMessage()) == null) {
                LOG.warn("skipped: {}", broken.getMessage());
            }
            return Optional.empty();
        }
    }

    private byte[] mirrored(byte[] levels) {
        int width = transform.width();
        byte[] mirrored = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            int column = i % width;
            mirrored[i - column + width - 1 - column] = levels[i];
        }
        return mirrored;
    }
}
