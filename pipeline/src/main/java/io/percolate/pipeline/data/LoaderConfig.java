package io.percolate.pipeline.data;

import io.percolate.pipeline.images.ImageTransform;

/**
 * How images become batches.
 *
 * @param batchSize images per batch
 * @param framing what becomes of each image
 * @param captions which of its captions is taken
 * @param threads how many images are decoded at once
 */
public record LoaderConfig(int batchSize, Framing framing, CaptionChoice captions, int threads) {

    public LoaderConfig {
        if (batchSize < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "batch size " + batchSize + " and threads " + threads + ": both must be at least 1");
        }
    }

    /** For training: any caption, two decoding threads. */
    public static LoaderConfig training(int batchSize, ImageTransform transform) {
        return training(batchSize, new OneSize(transform));
    }

    /** The same for images of several sizes. */
    public static LoaderConfig training(int batchSize, Framing framing) {
        return new LoaderConfig(batchSize, framing, CaptionChoice.ANY, 2);
    }

    /** For evaluation: the first caption, two decoding threads. */
    public static LoaderConfig evaluation(int batchSize, ImageTransform transform) {
        return evaluation(batchSize, new OneSize(transform));
    }

    /** The same for images of several sizes. */
    public static LoaderConfig evaluation(int batchSize, Framing framing) {
        return new LoaderConfig(batchSize, framing, CaptionChoice.FIRST, 2);
    }

    /** What becomes of {@code entry}, which can be framed. */
    ImageTransform transform(ImageEntry entry) {
        return framing.transform().withSize(framing.of(entry).size());
    }
}
