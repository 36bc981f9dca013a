package io.percolate.pipeline.data;

import io.percolate.pipeline.images.BrokenImageException;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.PixelSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sizes of about equal area, and each image brought to the one whose shape is nearest to its own, so that little is cut
 * off. An epoch is made of batches of one size each; what is left of a size is a smaller batch.
 */
public final class AspectBuckets implements Framing {

    private static final Logger LOG = LoggerFactory.getLogger(AspectBuckets.class);

    private final ImageTransform transform;
    private final Map<Path, Frame> frames;

    private AspectBuckets(ImageTransform transform, Map<Path, Frame> frames) {
        this.transform = transform;
        this.frames = frames;
    }

    /**
     * Reads the header of every image of {@code dataset}; one that has none is left out, which is said.
     *
     * @param transform what becomes of each image; no bucket has a larger area than its size
     * @param multiple what width and height of every bucket are multiples of
     * @throws DatasetException if no image has a header
     */
    public static AspectBuckets of(ImageDataset dataset, ImageTransform transform, int multiple) {
        BucketSizes sizes = BucketSizes.around(transform.size(), multiple);
        Map<Path, Frame> frames = new HashMap<>();
        for (ImageEntry entry : dataset.entries()) {
            try {
                PixelSize original = ImageFiles.size(entry.file());
                frames.put(entry.file(), new Frame(original, sizes.nearest(original)));
            } catch (BrokenImageException broken) {
                LOG.warn("skipped: {}", broken.getMessage());
            }
        }
        AspectBuckets buckets = new AspectBuckets(transform, Map.copyOf(frames));
        buckets.report(dataset);
        return buckets;
    }

    private void report(ImageDataset dataset) {
        if (frames.isEmpty()) {
            throw new DatasetException(dataset.folder() + ": no image can be read");
        }
        Map<PixelSize, Integer> counts = new LinkedHashMap<>();
        dataset.where(this::has)
                .entries()
                .forEach(entry -> counts.merge(of(entry).size(), 1, Integer::sum));
        LOG.info("{} buckets: {}", counts.size(), counts);
    }

    @Override
    public ImageTransform transform() {
        return transform;
    }

    @Override
    public boolean has(ImageEntry entry) {
        return frames.containsKey(entry.file());
    }

    @Override
    public Frame of(ImageEntry entry) {
        return frames.get(entry.file());
    }

    /** Batches in a random order; within a size, the images stay in theirs. */
    @Override
    public List<ImageEntry> arranged(List<ImageEntry> shuffled, int batchSize, RandomGenerator random) {
        Map<PixelSize, List<ImageEntry>> filling = new LinkedHashMap<>();
        List<List<ImageEntry>> batches = new ArrayList<>();
        for (ImageEntry entry : shuffled) {
            List<ImageEntry> batch = filling.computeIfAbsent(of(entry).size(), size -> new ArrayList<>());
            batch.add(entry);
            if (batch.size() == batchSize) {
                batches.add(filling.remove(of(entry).size()));
            }
        }
        batches.addAll(filling.values());
        for (int i = batches.size() - 1; i > 0; i--) {
            Collections.swap(batches, i, random.nextInt(i + 1));
        }
        return batches.stream().flatMap(List::stream).toList();
    }
}
