package io.percolate.pipeline.generation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/**
 * Which images are made.
 *
 * @param size of all images; empty for that of the image to change, or the model's own
 * @param seeds one for each image; or one for the first, and image i has {@code seed + i}. Requests that are built
 *     without any get a random one for the first: two of them make different images
 * @param perPrompt images of each prompt
 * @param batchLimit how many images are in memory at once; makes no difference to the images
 */
public record ImagePlan(Optional<Size> size, List<Long> seeds, int perPrompt, int batchLimit) {

    /** One image per prompt, of any seeds, eight at once. */
    static final ImagePlan DEFAULT = new ImagePlan(Optional.empty(), List.of(), 1, 8);

    public ImagePlan {
        seeds = List.copyOf(seeds);
        if (perPrompt < 1 || batchLimit < 1) {
            throw new IllegalArgumentException(perPrompt + " images, " + batchLimit + " at once: ask for 1 or more");
        }
    }

    /** Fails unless the seeds are enough for so many images. */
    void requireSeeds(int images) {
        if (seeds.size() != 1 && seeds.size() != images) {
            throw new IllegalArgumentException(
                    seeds.size() + " seeds for " + images + " images: give one for each, or the first");
        }
    }

    /** The seeds of images {@code first} up to, not including, {@code end}. */
    long[] seeds(int first, int end) {
        return LongStream.range(first, end)
                .map(i -> seeds.size() == 1 ? seeds.get(0) + i : seeds.get((int) i))
                .toArray();
    }

    /** Whether one batch can make these images and {@code others}. */
    boolean joins(ImagePlan others) {
        return size.equals(others.size) && perPrompt == others.perPrompt;
    }

    /** These images, from a random seed on if none is chosen. */
    ImagePlan seeded() {
        return seeds.isEmpty()
                ? withSeeds(List.of((long) ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)))
                : this;
    }

    ImagePlan withSize(Size other) {
        return new ImagePlan(Optional.of(other), seeds, perPrompt, batchLimit);
    }

    ImagePlan withSeeds(List<Long> other) {
        return new ImagePlan(size, other, perPrompt, batchLimit);
    }

    ImagePlan withPerPrompt(int count) {
        return new ImagePlan(size, seeds, count, batchLimit);
    }

    ImagePlan withBatchLimit(int images) {
        return new ImagePlan(size, seeds, perPrompt, images);
    }
}
