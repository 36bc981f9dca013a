package io.percolate.pipeline.data;

import java.util.SplittableRandom;

/**
 * One image of an epoch.
 *
 * @param entry the image
 * @param position its place in the order
 * @param seed of whatever is random about this time that the image comes: the caption among alternatives, the mirroring
 */
public record DataItem(ImageEntry entry, Position position, long seed) {

    /** Whether the image is mirrored, where mirroring is wanted: half of the times, if it may be at all. */
    public boolean mirrored() {
        return entry.mayBeMirrored() && new SplittableRandom(seed).nextBoolean();
    }

    /** One of the image's captions, each as likely; empty if it has none. */
    public String anyCaption() {
        return entry.captions().isEmpty()
                ? ""
                : entry.captions()
                        .get(new SplittableRandom(~seed)
                                .nextInt(entry.captions().size()));
    }
}
