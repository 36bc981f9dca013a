package io.percolate.pipeline.training;

import io.percolate.pipeline.ImageSpace;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.Draws;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.LoaderConfig;
import java.nio.file.Path;

/** Pixels, as in Ho et al. 2020: pictures are read from their files while training goes on. */
record PixelSpace() implements TrainingSpace {

    @Override
    public ImageSpace images() {
        return new ImageSpace.Pixels();
    }

    @Override
    public Examples examples(ImageDataset dataset, LoaderConfig loader, Path run) {
        return (start, seed) -> new BatchLoader(dataset, loader, Draws.shuffled(dataset, seed, start));
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
