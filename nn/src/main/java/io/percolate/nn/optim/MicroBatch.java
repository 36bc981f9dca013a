package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
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

    /**
     * Adds the gradients of {@code parts}, each weighed by its share, to those of the parameters.
     *
     * @param again whether blocks are computed again instead of keeping what they took
     * @return what the parts add to the mean loss of their batch
     */
    static float backward(List<MicroBatch> parts, boolean again, Function<MicroBatch, NDArray> loss) {
        float value = 0;
        for (MicroBatch part : parts) {
            Supplier<Float> pass = () -> backward(() -> part.weighed(loss.apply(part)));
            value += Gradients.on(again ? () -> GradientCheckpointing.during(pass) : pass);
        }
        return value;
    }

    private static float backward(Supplier<NDArray> loss) {
        try (NDArray value = Scope.keep(loss)) {
            Gradients.backward(value);
            return value.getFloat();
        }
    }

    private NDArray weighed(NDArray loss) {
        return share() == 1 ? loss : Aten.scale(loss, share());
    }
}
