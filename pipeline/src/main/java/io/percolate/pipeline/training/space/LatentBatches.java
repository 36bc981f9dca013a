package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.LoaderConfig;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Full batches of latents that were encoded before. */
final class LatentBatches implements Batches {

    private final LatentCache cache;
    private final LoaderConfig config;
    private final Iterator<DataItem> order;

    /** @param order endless, of images that {@code cache} has */
    LatentBatches(LatentCache cache, LoaderConfig config, Iterator<DataItem> order) {
        this.cache = cache;
        this.config = config;
        this.order = order;
    }

    @Override
    public Batch next(NDManager manager) {
        List<DataItem> items =
                Stream.generate(order::next).limit(config.batchSize()).toList();
        return Batch.ofLatents(cache.of(items, manager), items, config.captions());
    }

    @Override
    public void close() {}
}
