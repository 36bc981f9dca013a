package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.Batches;
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.Position;

/**
 * Images that were encoded before.
 *
 * @param cache where their latents are
 * @param encoded those that it has
 * @param config what batches are made of
 */
record CachedBatches(LatentCache cache, ImageDataset encoded, LoaderConfig config) implements TrainingBatches {

    @Override
    public Batches from(Position start, long seed) {
        return new LatentBatches(cache, config, DataOrder.shuffled(encoded, config, seed, start));
    }

    @Override
    public void close() {
        cache.close();
    }
}
