package io.percolate.pipeline.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The order in which the images of a data set come. */
public final class DataOrder {

    private DataOrder() {}

    /** Every image once, in the order of the data set. */
    public static Iterator<DataItem> once(ImageDataset dataset) {
        List<ImageEntry> entries = dataset.entries();
        return IntStream.range(0, entries.size())
                .mapToObj(i -> new DataItem(entries.get(i), new Position(0, i), i))
                .iterator();
    }

    /**
     * Endless epochs, each in an order of its own that depends on {@code seed} alone. An image of weight w comes
     * floor(w) times in an epoch, and once more with the probability that is left.
     *
     * @param config says which images come together
     * @param start where to begin, as if everything before had been seen
     * @throws DatasetException if no image is left, or all have weight 0
     */
    public static Iterator<DataItem> shuffled(ImageDataset dataset, LoaderConfig config, long seed, Position start) {
        ImageDataset framed = dataset.where(config.framing()::has);
        if (framed.entries().stream().mapToDouble(ImageEntry::weight).sum() <= 0) {
            throw new DatasetException(dataset.folder() + ": no images to train on (none left, or all of weight 0)");
        }
        return new Epochs(framed, config, seed, start);
    }

    private static final class Epochs implements Iterator<DataItem> {

        private final ImageDataset dataset;
        private final LoaderConfig config;
        private final long seed;
        private int epoch;
        private int index;
        private List<ImageEntry> order;

        Epochs(ImageDataset dataset, LoaderConfig config, long seed, Position start) {
            this.dataset = dataset;
            this.config = config;
            this.seed = seed;
            epoch = start.epoch();
            index = start.index();
            order = order();
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public DataItem next() {
            while (index >= order.size()) {
                epoch++;
                index = 0;
                order = order();
            }
            DataItem item = new DataItem(
                    order.get(index),
                    new Position(epoch, index),
                    random(index + 1).nextLong());
            index++;
            return item;
        }

        private List<ImageEntry> order() {
            SplittableRandom random = random(0);
            List<ImageEntry> entries = new ArrayList<>();
            for (ImageEntry entry : dataset.entries()) {
                int times = (int) (entry.weight() + random.nextDouble());
                entries.addAll(Collections.nCopies(times, entry));
            }
            for (int i = entries.size() - 1; i > 0; i--) {
                Collections.swap(entries, i, random.nextInt(i + 1));
            }
            return config.framing().arranged(entries, config.batchSize(), random);
        }

        private SplittableRandom random(int purpose) {
            return new SplittableRandom(new SplittableRandom(seed).nextLong() + ((long) epoch << 32) + purpose);
        }
    }
}
