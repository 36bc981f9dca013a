package io.percolate.pipeline.data;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import io.percolate.pipeline.images.Pixels;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches of images in a given order: background threads decode a few batches ahead, this class puts them in order again, so
 * that the batches do not depend on the number of threads. A broken image is left out and named once in the log. A batch
 * ends early where images of another size follow.
 *
 * <p>For one thread at a time.
 */
public final class BatchLoader implements Batches {

    private record Pending(DataItem item, Future<Optional<byte[]>> levels) {}

    private final ImageDataset dataset;
    private final LoaderConfig config;
    private final Iterator<DataItem> order;
    private final ImageSource source;
    private final ExecutorService decoders;
    private final Queue<Pending> ahead = new ArrayDeque<>();

    /**
     * Starts decoding.
     *
     * @param order which images of {@code dataset}, in which order
     */
    public BatchLoader(ImageDataset dataset, LoaderConfig config, Iterator<DataItem> order) {
        this(dataset, config, order, ImageSource.repeated(dataset, config));
    }

    private BatchLoader(ImageDataset dataset, LoaderConfig config, Iterator<DataItem> order, ImageSource source) {
        this.dataset = dataset;
        this.config = config;
        this.order = order;
        this.source = source;
        decoders = Executors.newFixedThreadPool(config.threads(), BatchLoader::daemon);
        lookAhead();
    }

    /** Every image of {@code dataset} once, in its order, with its first caption. */
    public static BatchLoader once(ImageDataset dataset, int batchSize, ImageTransform transform) {
        return once(dataset, LoaderConfig.evaluation(batchSize, transform));
    }

    /** Every image of {@code dataset} once, in its order; all of them can be framed. */
    public static BatchLoader once(ImageDataset dataset, LoaderConfig config) {
        return new BatchLoader(dataset, config, DataOrder.once(dataset), ImageSource.once(config));
    }

    /** The images of {@code dataset} again and again, as {@link DataOrder#shuffled} says. */
    public static BatchLoader shuffled(ImageDataset dataset, LoaderConfig config, long seed, Position start) {
        return new BatchLoader(dataset, config, DataOrder.shuffled(dataset, config, seed, start));
    }

    /** Whether another image is left; always true for a shuffled order. */
    public boolean hasNext() {
        int broken = 0;
        while (!ahead.isEmpty() && levels(ahead.element()).isEmpty()) {
            if (++broken > dataset.size()) {
                throw new DatasetException(dataset.folder() + ": no image can be read, for instance "
                        + source.skipped().values().iterator().next());
            }
            ahead.remove();
            lookAhead();
        }
        return !ahead.isEmpty();
    }

    /**
     * The next batch, full unless the order ends or images of another size follow.
     *
     * @param manager owns the pixels
     * @throws DatasetException if no image of the data set can be read
     */
    @Override
    public Batch next(NDManager manager) {
        List<DataItem> items = new ArrayList<>();
        List<byte[]> images = new ArrayList<>();
        while (items.size() < config.batchSize() && hasNext() && fits(items)) {
            Pending next = ahead.remove();
            items.add(next.item);
            images.add(levels(next).orElseThrow());
            lookAhead();
        }
        if (items.isEmpty()) {
            throw new NoSuchElementException("no image is left");
        }
        return batch(items, images, manager);
    }

    /** The broken files met so far, with the reason for each. */
    public Map<Path, String> skipped() {
        return source.skipped();
    }

    /** Those of them that are broken by what is in them, and not by being out of reach. */
    public Map<Path, String> broken() {
        return source.broken();
    }

    @Override
    public void close() {
        decoders.shutdownNow();
        ahead.clear();
    }

    /** Whether the next image has the size of those before it. */
    private boolean fits(List<DataItem> items) {
        return items.isEmpty() || size(items.get(0)).equals(size(ahead.element().item));
    }

    private PixelSize size(DataItem item) {
        return config.framing().of(item.entry()).size();
    }

    private Batch batch(List<DataItem> items, List<byte[]> images, NDManager manager) {
        PixelSize size = size(items.get(0));
        Shape shape = new Shape(items.size(), 3, size.height(), size.width());
        return Batch.ofPixels(Pixels.ofLevels(images, shape, manager), items, config);
    }

    private void lookAhead() {
        while (ahead.size() < config.imagesAhead() && order.hasNext()) {
            DataItem item = order.next();
            ahead.add(new Pending(item, decoders.submit(() -> source.levels(item))));
        }
    }

    private static Optional<byte[]> levels(Pending pending) {
        try {
            return pending.levels.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "interrupted while waiting for " + pending.item.entry().file());
        } catch (ExecutionException failure) {
            throw new DatasetException(
                    pending.item.entry().file() + " cannot be decoded: " + failure.getCause(), failure.getCause());
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "percolate-decoder");
        thread.setDaemon(true);
        return thread;
    }
}
