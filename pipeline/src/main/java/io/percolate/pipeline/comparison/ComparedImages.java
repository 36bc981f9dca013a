package io.percolate.pipeline.comparison;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.ImageTransform;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The images of a comparison.
 *
 * @param trained what both denoisers are trained on
 * @param heldOut chosen at random from the data set, and seen by neither
 * @param known as many of those trained on: how far they are from those held out is as near as anything can come
 */
record ComparedImages(ImageDataset trained, List<ImageEntry> heldOut, List<ImageEntry> known) {

    private static final long SEED = 0;

    /** Splits the data set; the same data set is always split in the same way. */
    static ComparedImages of(ComparisonSettings settings) {
        ImageDataset all = ImageDataset.open(settings.data()).split(Split.TRAIN);
        int count = settings.samples().images();
        List<ImageEntry> readable = readable(all, 2 * count, ImageTransform.square(settings.resolution()));
        if (readable.size() < 2 * count) {
            throw new IllegalArgumentException(all.folder() + " has " + readable.size() + " images to train on, but "
                    + count + " are held out and as many compared with them: generate " + readable.size() / 2
                    + " or fewer");
        }
        List<ImageEntry> heldOut = readable.subList(0, count);
        Set<ImageEntry> unseen = new HashSet<>(heldOut);
        return new ComparedImages(
                all.where(entry -> !unseen.contains(entry)), heldOut, readable.subList(count, 2 * count));
    }

    /** Up to {@code count} images chosen at random, none of them broken. */
    private static List<ImageEntry> readable(ImageDataset all, int count, ImageTransform transform) {
        return all.shuffled(SEED).entries().stream()
                .filter(entry -> isReadable(entry, transform))
                .limit(count)
                .toList();
    }

    private static boolean isReadable(ImageEntry entry, ImageTransform transform) {
        try {
            return transform.read(entry.file()).getWidth() > 0;
        } catch (BrokenImageException broken) {
            return false;
        }
    }

    /** These images, {@code side} x {@code side}. */
    static List<BufferedImage> read(List<ImageEntry> entries, int side) {
        ImageTransform transform = ImageTransform.square(side);
        return entries.stream().map(entry -> transform.read(entry.file())).toList();
    }
}
