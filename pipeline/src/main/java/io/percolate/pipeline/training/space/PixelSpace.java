package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.model.ImageCodec;
import java.nio.file.Path;

/** Pixels, as in Ho et al. 2020: images are read from their files while training goes on. */
record PixelSpace() implements TrainingSpace {

    @Override
    public ImageCodec codec() {
        return new ImageCodec.Identity();
    }

    @Override
    public TrainingBatches batches(ImageDataset dataset, LoaderConfig loader, LatentStorage storage) {
        return (start, seed) -> BatchLoader.shuffled(dataset, loader, seed, start);
    }

    @Override
    public NDArray encode(Batch batch, NoiseSource random) {
        return batch.images();
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
