package io.percolate.pipeline.generation;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which images are made.
 *
 * @param size of all images; empty for that of the image to change, or the model's own
 * @param seeds one for each image; or one for the first, and image i has {@code seed + i}
 * @param perPrompt images of each prompt
 * @param batchLimit how many images are in memory at once; makes no difference to the images
 */
public record ImagePlan(Optional<Size> size, List<Long> seeds, int perPrompt, int batchLimit) {

    /** One image per prompt, from seed 0 on, eight at once. */
    static final ImagePlan DEFAULT = new ImagePlan(Optional.empty(), List.of(0L), 1, 8);

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
