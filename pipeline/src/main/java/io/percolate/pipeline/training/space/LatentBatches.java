package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Full batches of latents that were encoded before. */
final class LatentBatches implements Batches {

    private final LatentCache cache;
    private final LoaderConfig config;
    private final Iterator<DataItem> draws;

    /** @param draws endless, of images that {@code cache} has */
    LatentBatches(LatentCache cache, LoaderConfig config, Iterator<DataItem> draws) {
        this.cache = cache;
        this.config = config;
        this.draws = draws;
    }

    @Override
    public Batch next(NDManager manager) {
        List<DataItem> drawn =
                Stream.generate(draws::next).limit(config.batchSize()).toList();
        List<ImageEntry> entries = drawn.stream().map(DataItem::entry).toList();
        return Batch.of(cache.of(entries, manager), drawn, config.captions());
    }

    @Override
    public void close() {}
}
