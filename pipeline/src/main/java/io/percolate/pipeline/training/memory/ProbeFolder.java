package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for trainings that are only measured, deleted when it is closed. It has a few images of a data set, already
 * as small as a training wants them: what decoding the originals takes comes at other times than a step, and is not
 * to be measured with it.
 */
public final class ProbeFolder implements AutoCloseable {

    private static final int IMAGES = 4;
    private static final int TRIED = 64;
    private static final long SEED = 0;

    private final Path folder;

    /** A new one, where the system keeps temporary files. */
    public ProbeFolder() {
        try {
            folder = Files.createTempDirectory("percolate-plan");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    /** A folder in it. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** A few images of {@code dataset}, {@code side} pixels wide and high; as they are if none of those tried can be read. */
    public ImageDataset images(ImageDataset dataset, int side) {
        Path images = resolve("images");
        List<ImageEntry> written = new ArrayList<>();
        for (ImageEntry entry : dataset.shuffled(SEED).first(TRIED).entries()) {
            Path file = images.resolve(written.size() + ".png");
            if (written.size() < IMAGES && isWritten(entry.file(), ImageTransform.square(side), file)) {
                written.add(new ImageEntry(file, entry.captions(), entry.fields()));
            }
        }
        return written.isEmpty() ? dataset.first(IMAGES) : new ImageDataset(images, written);
    }

    private static boolean isWritten(Path original, ImageTransform transform, Path file) {
        try {
            ImageFiles.writePng(file, transform.read(original));
            return true;
        } catch (BrokenImageException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }
}
