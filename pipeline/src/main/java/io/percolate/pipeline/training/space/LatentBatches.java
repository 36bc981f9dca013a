package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.images.PixelSize;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Batches of latents that were encoded before, full unless images of another size follow. */
final class LatentBatches implements Batches {

    private final LatentCache cache;
    private final LoaderConfig config;
    private final Iterator<DataItem> order;
    private DataItem next;

    /** @param order endless, of images that {@code cache} has */
    LatentBatches(LatentCache cache, LoaderConfig config, Iterator<DataItem> order) {
        this.cache = cache;
        this.config = config;
        this.order = order;
        next = order.next();
    }

    @Override
    public Batch next(NDManager manager) {
        List<DataItem> items = new ArrayList<>();
        PixelSize size = size(next);
        while (items.size() < config.batchSize() && size(next).equals(size)) {
            items.add(next);
            next = order.next();
        }
        return Batch.ofLatents(cache.of(items, manager), items, config);
    }

    private PixelSize size(DataItem item) {
        return config.framing().of(item.entry()).size();
    }

    @Override
    public void close() {}
}
