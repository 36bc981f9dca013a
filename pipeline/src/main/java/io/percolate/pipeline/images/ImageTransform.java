package io.percolate.pipeline.images;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * What becomes of an image file before a model sees it.
 *
 * @param width of the result in pixels
 * @param height of the result in pixels
 * @param fit how an image of another shape is brought to this size
 * @param background what shows through transparent pixels
 * @param flips whether an image is mirrored half of the times it comes, left to right
 */
public record ImageTransform(int width, int height, Fit fit, Color background, boolean flips) {

    public ImageTransform {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("images of " + width + "x" + height + ": both must be at least 1");
        }
    }

    /** Square images, resized and cut to the centre, on white, never mirrored. */
    public static ImageTransform square(int size) {
        return new ImageTransform(size, size, Fit.CROP, Color.WHITE, false);
    }

    /** Images of any shape brought to this one, on white, never mirrored. */
    public static ImageTransform stretched(int width, int height) {
        return new ImageTransform(width, height, Fit.STRETCH, Color.WHITE, false);
    }

    /** The same, mirrored half of the times or never. */
    public ImageTransform withFlips(boolean wanted) {
        return new ImageTransform(width, height, fit, background, wanted);
    }

    /** The same for results of another size. */
    public ImageTransform withSize(PixelSize size) {
        return new ImageTransform(size.width(), size.height(), fit, background, flips);
    }

    /** Of the result. */
    public PixelSize size() {
        return new PixelSize(width, height);
    }

    /**
     * Reads {@code file} and brings it to size; never mirrored. A file of many times this size is not decoded whole.
     *
     * @throws BrokenImageException if the file is missing or not a complete image
     */
    public BufferedImage read(Path file) {
        return apply(ImageFiles.read(file, background, size()));
    }

    /** Brings an opaque image to size; never mirrored. */
    public BufferedImage apply(BufferedImage image) {
        return fit.apply(image, width, height);
    }
}
