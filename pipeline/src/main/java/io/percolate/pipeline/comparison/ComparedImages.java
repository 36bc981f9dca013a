package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
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
 * @param trained what the denoisers are trained on, and the autoencoders that are trained here
 * @param heldOut seen by none of them
 * @param known as many of those trained on: how far they are from those held out is as near as anything can come
 * @param choice how those held out were chosen, as a sentence
 */
record ComparedImages(ImageDataset trained, List<ImageEntry> heldOut, List<ImageEntry> known, String choice) {

    private static final long SEED = 0;

    /**
     * Splits the data set; the same data set is always split in the same way. Those that the data set itself holds out
     * are taken if they are enough, because no training on it has seen them; an autoencoder that is given may have seen
     * all others.
     */
    static ComparedImages of(ComparisonSettings settings) {
        ImageDataset all = ImageDataset.open(settings.data());
        ImageDataset train = all.split(Split.TRAIN);
        int count = settings.samples().images();
        ImageTransform transform = ImageTransform.square(settings.resolution());
        List<ImageEntry> marked = readable(all.split(Split.HELD_OUT), count, transform);
        return marked.size() == count
                ? marked(train, marked, readable(train, count, transform))
                : random(train, count, readable(train, 2 * count, transform), settings);
    }

    private static ComparedImages marked(ImageDataset train, List<ImageEntry> heldOut, List<ImageEntry> known) {
        requireEnough(train, known.size(), heldOut.size(), 1);
        return new ComparedImages(
                train,
                heldOut,
                known,
                "The images held out are some that the data set itself holds out of all training.");
    }

    private static ComparedImages random(
            ImageDataset train, int count, List<ImageEntry> readable, ComparisonSettings settings) {
        requireEnough(train, readable.size(), count, 2);
        List<ImageEntry> heldOut = readable.subList(0, count);
        Set<ImageEntry> unseen = new HashSet<>(heldOut);
        boolean given = settings.arms().stream()
                .flatMap(arm -> arm.autoencoder().stream())
                .anyMatch(AutoencoderChoice::isGiven);
        return new ComparedImages(
                train.where(entry -> !unseen.contains(entry)),
                heldOut,
                readable.subList(count, 2 * count),
                "The images held out were chosen at random, and no training here saw them"
                        + (given ? "; an autoencoder that was given may have." : "."));
    }

    private static void requireEnough(ImageDataset train, int readable, int count, int times) {
        if (readable < times * count) {
            throw new IllegalArgumentException(train.folder() + " has " + readable + " images to train on, but "
                    + count + " are held out and as many compared with them: generate " + readable / times
                    + " or fewer");
        }
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
