package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images of a batch that go through the network together. The gradients of all micro-batches, each weighed by its
 * {@link #share}, add up to the gradient of the batch.
 *
 * @param first index of its first image in the batch
 * @param size how many images it has
 * @param batchSize how many the batch has
 */
public record MicroBatch(int first, int size, int batchSize) {

    public MicroBatch {
        if (first < 0 || size < 1 || first + size > batchSize) {
            throw new IllegalArgumentException(
                    size + " images from number " + first + " on, of a batch of " + batchSize);
        }
    }

    /** A batch in parts of {@code size} images; the last part may be smaller. */
    public static List<MicroBatch> split(int batchSize, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("micro-batches of " + size + " images: give 1 or more");
        }
        return IntStream.iterate(0, first -> first < batchSize, first -> first + size)
                .mapToObj(first -> new MicroBatch(first, Math.min(size, batchSize - first), batchSize))
                .toList();
    }

    /** Its rows of {@code batch} (batchSize,...). */
    public NDArray of(NDArray batch) {
        return size == batchSize ? batch : Aten.rows(batch, first, first + size);
    }

    /** Its entries of {@code batch}, which has one for each image. */
    public <T> List<T> of(List<T> batch) {
        return batch.subList(first, first + size);
    }

    /** What the mean over its images weighs in the mean over the batch. */
    public double share() {
        return (double) size / batchSize;
    }
}
