package io.percolate.pipeline.data;

import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the images of a data set, and remembers them if they come more than once and its {@link LoaderConfig} lets
 * it. Thread-safe.
 */
final class ImageSource {

    private static final Logger LOG = LoggerFactory.getLogger(ImageSource.class);

    private final LoaderConfig config;
    private final boolean remembers;
    private final Map<Path, byte[]> remembered = new ConcurrentHashMap<>();
    private final Map<Path, BrokenImageException> skipped = new ConcurrentHashMap<>();

    private ImageSource(LoaderConfig config, boolean remembers) {
        this.config = config;
        this.remembers = remembers;
    }

    /** For images that come again and again. */
    static ImageSource repeated(ImageDataset dataset, LoaderConfig config) {
        return new ImageSource(config, config.remembers(dataset.size()));
    }

    /** For images that come once. */
    static ImageSource once(LoaderConfig config) {
        return new ImageSource(config, false);
    }

    /** The 8-bit levels (3,H,W) of an item; nothing if its file is broken, which is said once per file. */
    Optional<byte[]> levels(DataItem item) {
        ImageTransform transform = config.transform(item.entry());
        Optional<byte[]> levels = upright(item, transform);
        return transform.flips() && item.mirrored()
                ? levels.map(upright -> mirrored(upright, transform.width()))
                : levels;
    }

    /** The broken files met so far, with the reason for each. */
    Map<Path, String> skipped() {
        return skipped.values().stream()
                .collect(Collectors.toMap(BrokenImageException::file, BrokenImageException::getMessage));
    }

    /** Those of them whose content is wrong. */
    Map<Path, String> broken() {
        return skipped.values().stream()
                .filter(BrokenImageException::isLasting)
                .collect(Collectors.toMap(BrokenImageException::file, BrokenImageException::getMessage));
    }

    private Optional<byte[]> upright(DataItem item, ImageTransform transform) {
        Path file = item.entry().file();
        byte[] known = remembered.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        return skipped.containsKey(file) ? Optional.empty() : decoded(item, transform);
    }

    private Optional<byte[]> decoded(DataItem item, ImageTransform transform) {
        Path file = item.entry().file();
        try {
            byte[] levels = Pixels.levels(transform.read(file, item.crop()));
            if (remembers) {
                remembered.put(file, levels);
            }
            return Optional.of(levels);
        } catch (BrokenImageException broken) {
            if (skipped.put(file, broken) == null) {
                LOG.warn("skipped image {}: {}", skipped.size(), broken.getMessage());
            }
            return Optional.empty();
        }
    }

    private static byte[] mirrored(byte[] levels, int width) {
        byte[] mirrored = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            int column = i % width;
            mirrored[i - column + width - 1 - column] = levels[i];
        }
        return mirrored;
    }
}
