package io.percolate.pipeline.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One image of an epoch.
 *
 * @param entry the image
 * @param position its place in the order
 * @param seed of whatever is random about this time that the image comes: the caption among alternatives, the mirroring, the crop
 */
public record DataItem(ImageEntry entry, Position position, long seed) {

    /** Whether the image is mirrored, where mirroring is wanted: half of the times, if it may be at all. */
    public boolean mirrored() {
        return entry.mayBeMirrored() && new SplittableRandom(seed).nextBoolean();
    }

    /** What the crop depends on, where crops are random. */
    RandomGenerator crop() {
        return new SplittableRandom(Long.rotateLeft(seed, 32));
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
