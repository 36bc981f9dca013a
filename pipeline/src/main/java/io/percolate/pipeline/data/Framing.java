package io.percolate.pipeline.data;

import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.ImageTransform;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which size each image of a data set is brought to. Images of different sizes cannot share a batch. */
public sealed interface Framing permits OneSize, AspectBuckets {

    /** What becomes of an image; its size is the largest by area that there is. */
    ImageTransform transform();

    /** Whether the image can be framed; one that cannot be read may not. */
    boolean has(ImageEntry entry);

    /** What a model sees of an image that can be framed. */
    Frame of(ImageEntry entry);

    /**
     * An epoch of images rearranged so that those of one size come together.
     *
     * @param shuffled the epoch, each image that can be framed as often as it comes
     * @param batchSize how many of one size are wanted one after another
     */
    List<ImageEntry> arranged(List<ImageEntry> shuffled, int batchSize, RandomGenerator random);
}
