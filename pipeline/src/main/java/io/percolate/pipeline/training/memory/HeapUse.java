package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import java.lang.management.ManagementFactory;

/** What Java's heap takes in a training: next to nothing but images, from their files to their batch. */
final class HeapUse {

    private static final int TRIED = 64;
    private static final long SEED = 0;

    /** Of an image that is being decoded: four to work with, and four more of the part that is made small. */
    private static final int BYTES_PER_PIXEL = 8;

    /** All that is no image. */
    private static final double PROGRAM = 48;

    /** What is free again and not yet given back, as a part of all. */
    private static final double SPARE = 1.5;

    private HeapUse() {}

    /** Megabytes that it has now. */
    static double committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / 1e6;
    }

    /** Megabytes that it has at most while {@code dataset} is trained on. */
    static double planned(ImageDataset dataset, LoaderConfig loader) {
        long pixels =
                ImageTransform.decodedTogether(largest(dataset, loader.framing().transform()));
        return PROGRAM + SPARE * (BYTES_PER_PIXEL * pixels + loader.waitingBytes(dataset.size())) / 1e6;
    }

    /** Pixels of the largest image among some, as it is decoded. */
    private static long largest(ImageDataset dataset, ImageTransform transform) {
        return dataset.shuffled(SEED).first(TRIED).entries().stream()
                .mapToLong(entry -> pixels(entry, transform))
                .max()
                .orElse(0);
    }

    private static long pixels(ImageEntry entry, ImageTransform transform) {
        try {
            return transform.decodedPixels(ImageFiles.size(entry.file()));
        } catch (BrokenImageException broken) {
            return 0;
        }
    }
}
