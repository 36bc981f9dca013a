package io.percolate.pipeline.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A folder of images with captions.
 *
 * <p>The captions are in {@code metadata.jsonl} or {@code metadata.csv} ({@code file_name} and {@code text}; in
 * JSON the text may be a list of alternatives, first the most telling; other columns are kept as {@link
 * ImageEntry#fields}), or in a {@code .txt} beside each image (one alternative per line), or nowhere. Images
 * are read when a {@link BatchLoader} needs them. A column {@code label} or {@code class}, or without metadata the
 * sub-folder, says what class an image belongs to.
 *
 * <p>Four columns have a meaning: {@code split} ({@code train} or {@code heldout}), {@code weight} (how often the image
 * comes per epoch), {@code loss_weight} (how much a denoiser's error of it counts) and {@code variant} (what tells it from
 * others of the same subject).
 *
 * @param folder where the images are
 * @param entries the images in a fixed order: that of the metadata, or of the file names
 */
public record ImageDataset(Path folder, List<ImageEntry> entries) {

    public ImageDataset {
        entries = List.copyOf(entries);
    }

    /**
     * Lists the images of {@code folder}.
     *
     * @throws DatasetException if the folder is missing, unreadable or without images, or its metadata is wrong
     */
    public static ImageDataset open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + " is not a folder: give a folder of images");
        }
        try {
            List<ImageEntry> entries = Metadata.of(folder).entries(folder);
            if (entries.isEmpty()) {
                throw new DatasetException(folder + " has no images (PNG, JPEG, WebP, GIF or BMP)");
            }
            return new ImageDataset(folder, entries);
        } catch (IOException unreadable) {
            throw new DatasetException(folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The number of images. */
    public int size() {
        return entries.size();
    }

    /** Whether something is said of any image. */
    public boolean hasCaptions() {
        return entries.stream().anyMatch(entry -> !entry.captions().isEmpty());
    }

    /** Whether every image belongs to a class, and not all to the same one. */
    public boolean hasLabels() {
        List<String> labels = entries.stream().map(ImageEntry::label).distinct().toList();
        return labels.size() > 1 && !labels.contains("");
    }

    /** The images of one part; may be empty. */
    public ImageDataset split(Split split) {
        return where(entry -> entry.split() == split);
    }

    /** The same images in a random order, which depends on {@code seed} alone. */
    public ImageDataset shuffled(long seed) {
        List<ImageEntry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, new Random(seed));
        return new ImageDataset(folder, shuffled);
    }

    /** The first {@code count} images, or all if there are fewer. */
    public ImageDataset first(int count) {
        return new ImageDataset(folder, entries.subList(0, Math.min(count, entries.size())));
    }

    /** Every image as {@code change} makes it. */
    public ImageDataset map(UnaryOperator<ImageEntry> change) {
        return new ImageDataset(folder, entries.stream().map(change).toList());
    }

    /** These images, and then those of {@code other}. */
    public ImageDataset and(ImageDataset other) {
        return new ImageDataset(
                folder, Stream.concat(entries.stream(), other.entries.stream()).toList());
    }

    /** The images that {@code condition} holds for, in the same order; may be empty. */
    public ImageDataset where(Predicate<ImageEntry> condition) {
        return new ImageDataset(folder, entries.stream().filter(condition).toList());
    }
}
