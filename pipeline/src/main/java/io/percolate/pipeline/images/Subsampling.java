package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes a large image without holding all of it: of the file's rows and columns only every so many are kept, as many
 * as leave {@link #SPARE} times the size that is wanted. The resizing that follows averages over those, so that
 * hardly anything aliases. Images that are large nevertheless wait for each other.
 *
 * @param wanted what the decoded image is going to be shrunk to; empty to hold all of it
 */
record Subsampling(Optional<PixelSize> wanted) {

    /** All rows and columns. */
    static final Subsampling NONE = new Subsampling(Optional.empty());

    /** How many times as wide and high as wanted the decoded image is at least. */
    static final int SPARE = 4;

    /** Megapixels in memory together, however many threads decode: two images of 4K or one of 5K; more are alone. */
    static final int TOGETHER = 17;

    private static final Semaphore ROOM = new Semaphore(TOGETHER, true);

    /** For an image that is going to be shrunk to {@code size}. */
    static Subsampling to(PixelSize size) {
        return new Subsampling(Optional.of(size));
    }

    /** The same for an image as it lies in its file. */
    Subsampling stored(Orientation orientation) {
        return new Subsampling(wanted.map(orientation::stored));
    }

    /** Decodes an image of size {@code stored}, and makes it small, as soon as there is room for it. */
    BufferedImage inTurn(PixelSize stored, Completeness.Decoding decoding) throws IOException {
        int megapixels = (int) Math.min(TOGETHER, pixels(stored) / 1_000_000);
        ROOM.acquireUninterruptibly(megapixels);
        try {
            return decoding.image();
        } finally {
            ROOM.release(megapixels);
        }
    }

    BufferedImage read(ImageReader reader, PixelSize stored) throws IOException {
        int step = step(stored);
        return step == 1 ? reader.read(0) : reader.read(0, every(step, reader.getDefaultReadParam()));
    }

    /** The one in the middle of {@code step} is kept, so that the image does not move. */
    private static ImageReadParam every(int step, ImageReadParam parameters) {
        parameters.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
        return parameters;
    }

    /** Every how many rows and columns one is kept. */
    int step(PixelSize stored) {
        return wanted.map(size -> Math.min(stored.width() / size.width(), stored.height() / size.height()))
                .map(times -> Math.max(1, times / SPARE))
                .orElse(1);
    }

    /** How many pixels are left of an image of size {@code stored}. */
    long pixels(PixelSize stored) {
        int step = step(stored);
        return stored.area() / step / step;
    }
}
