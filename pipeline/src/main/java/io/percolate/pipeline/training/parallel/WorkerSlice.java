package io.percolate.pipeline.training.parallel;

import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One worker's place among all.
 *
 * @param index counted from 0
 * @param count how many there are
 */
public record WorkerSlice(int index, int count) {

    public WorkerSlice {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("worker number " + index + " of " + count);
        }
    }

    /** Every {@code count}-th image of {@code dataset}. */
    public ImageDataset of(ImageDataset dataset) {
        List<ImageEntry> entries = dataset.entries();
        List<ImageEntry> own = IntStream.iterate(index, i -> i < entries.size(), i -> i + count)
                .mapToObj(entries::get)
                .toList();
        return new ImageDataset(dataset.folder(), own);
    }

    /** A seed of its own; the first worker has that of the training, as one machine has it. */
    long seed(long seed) {
        return index == 0 ? seed : RandomStream.of(seed, -index).nextLong();
    }
}
