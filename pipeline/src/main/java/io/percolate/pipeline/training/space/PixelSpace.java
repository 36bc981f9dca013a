package io.percolate.pipeline.training.space;

import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.model.ImageCodec;
import java.nio.file.Path;

/** Pixels, as in Ho et al. 2020: images are read from their files while training goes on. */
record PixelSpace() implements TrainingSpace {

    @Override
    public ImageCodec images() {
        return new ImageCodec.Identity();
    }

    @Override
    public TrainingBatches examples(ImageDataset dataset, LoaderConfig loader, Path run) {
        return (start, seed) -> new BatchLoader(dataset, loader, DataOrder.shuffled(dataset, seed, start));
    }

    /** Nothing: there is no way to go. */
    @Override
    public void save(Path folder) {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "pixels";
    }
}
