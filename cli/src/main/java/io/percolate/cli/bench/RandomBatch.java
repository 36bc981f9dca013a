package io.percolate.cli.bench;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.CaptionChoice;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A batch of random numbers in place of images. */
final class RandomBatch {

    private RandomBatch() {}

    static Batch of(NDArray images) {
        List<DataItem> items = IntStream.range(0, (int) images.getShape().get(0))
                .mapToObj(i ->
                        new DataItem(new ImageEntry(Path.of("random"), List.of(), Map.of()), new Position(0, i), i))
                .toList();
        return Batch.ofPixels(images, items, CaptionChoice.FIRST);
    }
}
