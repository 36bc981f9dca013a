package io.percolate.pipeline.data;

import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.ImageTransform;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The same size for every image. A model is told that this was the image's own size.
 *
 * @param transform what becomes of each
 */
public record OneSize(ImageTransform transform) implements Framing {

    @Override
    public boolean has(ImageEntry entry) {
        return true;
    }

    @Override
    public Frame of(ImageEntry entry) {
        return Frame.whole(transform.size());
    }

    @Override
    public List<ImageEntry> arranged(List<ImageEntry> shuffled, int batchSize, RandomGenerator random) {
        return shuffled;
    }
}
