package io.percolate.pipeline.data;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.images.ImageTransform;
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
 * that the batches do not depend on the number of threads. A broken image is left out and named once in the log.
 *
 * <p>For one thread at a time.
 */
public final class BatchLoader implements Batches {

    private static final int BATCHES_AHEAD = 3;

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
        this.dataset = dataset;
        this.config = config;
        this.order = order;
        source = new ImageSource(dataset, config.transform());
        decoders = Executors.newFixedThreadPool(config.threads(), BatchLoader::daemon);
        lookAhead();
    }

    /** Every image of {@code dataset} once, in its order, with its first caption. */
    public static BatchLoader once(ImageDataset dataset, int batchSize, ImageTransform transform) {
        return new BatchLoader(dataset, LoaderConfig.evaluation(batchSize, transform), DataOrder.once(dataset));
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
     * The next batch, full unless the order ends.
     *
     * @param manager owns the pixels
     * @throws DatasetException if no image of the data set can be read
     */
    @Override
    public Batch next(NDManager manager) {
        List<DataItem> items = new ArrayList<>();
        List<byte[]> images = new ArrayList<>();
        while (items.size() < config.batchSize() && hasNext()) {
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

    @Override
    public void close() {
        decoders.shutdownNow();
        ahead.clear();
    }

    private Batch batch(List<DataItem> items, List<byte[]> images, NDManager manager) {
        Shape shape = new Shape(
                items.size(), 3, config.transform().height(), config.transform().width());
        return Batch.ofPixels(Pixels.ofLevels(images, shape, manager), items, config.captions());
    }

    private void lookAhead() {
        while (ahead.size() < BATCHES_AHEAD * config.batchSize() && order.hasNext()) {
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
