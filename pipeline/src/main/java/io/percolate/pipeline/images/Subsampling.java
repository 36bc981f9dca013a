package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes a large image without holding all of it: of the file's rows and columns only every so many are kept, as many
 * as leave {@link #SPARE} times the size that is wanted. The resizing that follows averages over those, so that
 * hardly anything aliases.
 *
 * @param wanted what the decoded image is going to be shrunk to
 */
record Subsampling(PixelSize wanted) {

    /** How many times as wide and high as wanted the decoded image is at least. */
    static final int SPARE = 4;

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
        int steps = Math.min(stored.width() / wanted.width(), stored.height() / wanted.height()) / SPARE;
        return Math.max(1, steps);
    }
}
