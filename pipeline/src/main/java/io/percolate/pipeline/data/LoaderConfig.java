package io.percolate.pipeline.data;

import io.percolate.pipeline.images.ImageTransform;

/**
 * How images become batches.
 *
 * @param batchSize images per batch
 * @param framing what becomes of each image
 * @param captions which of its captions is taken
 * @param threads how many images are decoded at once
 * @param rememberedBytes decoded images that come again and again are kept if they are no more than this together
 */
public record LoaderConfig(int batchSize, Framing framing, CaptionChoice captions, int threads, long rememberedBytes) {

    private static final int CHANNELS = 3;
    private static final int BATCHES_AHEAD = 3;

    /** Of decoded images that wait; large ones are decoded one for each thread. */
    private static final long BYTES_AHEAD = 1 << 26;

    public LoaderConfig {
        if (batchSize < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "batch size " + batchSize + " and threads " + threads + ": both must be at least 1");
        }
    }

    /** One that keeps images if a quarter of the heap holds them all. */
    public LoaderConfig(int batchSize, Framing framing, CaptionChoice captions, int threads) {
        this(batchSize, framing, captions, threads, Runtime.getRuntime().maxMemory() / 4);
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

    /** The same with decoded images kept only if they are no more than {@code bytes} together. */
    public LoaderConfig remembering(long bytes) {
        return new LoaderConfig(batchSize, framing, captions, threads, Math.min(bytes, rememberedBytes));
    }

    /** How many images are decoded before they are needed. */
    int imagesAhead() {
        return (int) Math.max(threads, Math.min(BATCHES_AHEAD * batchSize, BYTES_AHEAD / bytesPerImage()));
    }

    /** Whether so many images are kept. Random crops come but once. */
    boolean remembers(int images) {
        return framing.transform().crops().isEmpty() && images * bytesPerImage() <= rememberedBytes;
    }

    /** Bytes that decoded images take at most which wait for their batch, in a data set of so many. */
    public long waitingBytes(int images) {
        return bytesPerImage() * (imagesAhead() + (remembers(images) ? images : 0));
    }

    private long bytesPerImage() {
        return CHANNELS * framing.transform().size().area();
    }
}
