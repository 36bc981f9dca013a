package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;

/** How a stored image has to be turned to stand upright: the eight values of EXIF tag 0x0112, in their order. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    HALF_TURN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    QUARTER_TURN_CLOCKWISE(true, false, true),
    TRANSVERSED(true, true, true),
    QUARTER_TURN_COUNTERCLOCKWISE(true, true, false);

    private final boolean transposed;
    private final boolean fromRight;
    private final boolean fromBottom;

    Orientation(boolean transposed, boolean fromRight, boolean fromBottom) {
        this.transposed = transposed;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** The orientation that a file's EXIF data asks for; upright if there is none or it is unreadable. */
    static Orientation of(byte[] file) {
        return Exif.field(file, TiffTagConstants.TIFF_TAG_ORIENTATION)
                .map(Orientation::of)
                .orElse(UPRIGHT);
    }

    private static Orientation of(TiffField tag) {
        try {
            return values()[tag.getIntValue() - 1];
        } catch (IOException | RuntimeException unreadable) {
            return UPRIGHT;
        }
    }

    /** The stored size of what is of this size when upright, and the other way round. */
    PixelSize stored(PixelSize size) {
        return transposed ? size.transposed() : size;
    }

    /** Turns {@code stored} upright. */
    BufferedImage upright(BufferedImage stored) {
        return this == UPRIGHT ? stored : turned(stored);
    }

    private BufferedImage turned(BufferedImage stored) {
        int width = stored.getWidth();
        int height = stored.getHeight();
        BufferedImage upright =
                new BufferedImage(transposed ? height : width, transposed ? width : height, stored.getType());
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < upright.getWidth(); x++) {
                int column = transposed ? y : x;
                int row = transposed ? x : y;
                upright.setRGB(
                        x,
                        y,
                        stored.getRGB(fromRight ? width - 1 - column : column, fromBottom ? height - 1 - row : row));
            }
        }
        return upright;
    }
}
