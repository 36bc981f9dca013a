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
 * Turns draws into batches: background threads decode a few batches ahead, this class puts them in order again, so
 * that the batches do not depend on the number of threads. A broken image is left out and named once in the log.
 *
 * <p>For one thread at a time.
 */
public final class BatchLoader implements Batches {

    private static final int BATCHES_AHEAD = 3;

    private record Pending(DataItem draw, Future<Optional<byte[]>> levels) {}

    private final ImageDataset dataset;
    private final LoaderConfig config;
    private final Iterator<DataItem> draws;
    private final ImageSource source;
    private final ExecutorService decoders;
    private final Queue<Pending> ahead = new ArrayDeque<>();

    /**
     * Starts decoding.
     *
     * @param draws which images of {@code dataset}, in which order
     */
    public BatchLoader(ImageDataset dataset, LoaderConfig config, Iterator<DataItem> draws) {
        this.dataset = dataset;
        this.config = config;
        this.draws = draws;
        source = new ImageSource(dataset, config.transform());
        decoders = Executors.newFixedThreadPool(config.threads(), BatchLoader::daemon);
        lookAhead();
    }

    /** Every image of {@code dataset} once, in its order, with its first caption. */
    public static BatchLoader once(ImageDataset dataset, int batchSize, ImageTransform transform) {
        return new BatchLoader(dataset, LoaderConfig.evaluation(batchSize, transform), DataOrder.once(dataset));
    }

    /** Whether another image is left; always true for shuffled draws. */
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
     * The next batch, full unless the draws end.
     *
     * @param manager owns the pixels
     * @throws DatasetException if no image of the data set can be read
     */
    @Override
    public Batch next(NDManager manager) {
        List<DataItem> drawn = new ArrayList<>();
        List<byte[]> images = new ArrayList<>();
        while (drawn.size() < config.batchSize() && hasNext()) {
            Pending next = ahead.remove();
            drawn.add(next.draw);
            images.add(levels(next).orElseThrow());
            lookAhead();
        }
        if (drawn.isEmpty()) {
            throw new NoSuchElementException("all images are drawn");
        }
        return batch(drawn, images, manager);
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

    private Batch batch(List<DataItem> drawn, List<byte[]> images, NDManager manager) {
        Shape shape = new Shape(
                drawn.size(), 3, config.transform().height(), config.transform().width());
        return Batch.of(Pixels.ofLevels(images, shape, manager), drawn, config.captions());
    }

    private void lookAhead() {
        while (ahead.size() < BATCHES_AHEAD * config.batchSize() && draws.hasNext()) {
            DataItem draw = draws.next();
            ahead.add(new Pending(draw, decoders.submit(() -> source.levels(draw))));
        }
    }

    private static Optional<byte[]> levels(Pending pending) {
        try {
            return pending.levels.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "interrupted while waiting for " + pending.draw.entry().file());
        } catch (ExecutionException failure) {
            throw new DatasetException(
                    pending.draw.entry().file() + " cannot be decoded: " + failure.getCause(), failure.getCause());
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "percolate-decoder");
        thread.setDaemon(true);
        return thread;
    }
}
