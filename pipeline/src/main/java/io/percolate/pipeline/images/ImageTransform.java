package io.percolate.pipeline.images;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What becomes of an image file before a model sees it.
 *
 * @param width of the result in pixels
 * @param height of the result in pixels
 * @param fit how an image of another shape is brought to this size
 * @param background what shows through transparent pixels
 * @param flips whether an image is mirrored half of the times it comes, left to right
 * @param crops which parts of an image are taken when it comes again and again; none for all that fits
 */
public record ImageTransform(
        int width, int height, Fit fit, Color background, boolean flips, Optional<CropScales> crops) {

    public ImageTransform {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("images of " + width + "x" + height + ": both must be at least 1");
        }
    }

    /** Square images, resized and cut to the centre, on white, never mirrored. */
    public static ImageTransform square(int size) {
        return new ImageTransform(size, size, Fit.CROP, Color.WHITE, false, Optional.empty());
    }

    /** Images of any shape brought to this one, on white, never mirrored. */
    public static ImageTransform stretched(int width, int height) {
        return new ImageTransform(width, height, Fit.STRETCH, Color.WHITE, false, Optional.empty());
    }

    /** The same, mirrored half of the times or never. */
    public ImageTransform withFlips(boolean wanted) {
        return new ImageTransform(width, height, fit, background, wanted, crops);
    }

    /** The same with random crops, or none. */
    public ImageTransform withCrops(Optional<CropScales> wanted) {
        return new ImageTransform(width, height, fit, background, flips, wanted);
    }

    /** The same for results of another size. */
    public ImageTransform withSize(PixelSize size) {
        return new ImageTransform(size.width(), size.height(), fit, background, flips, crops);
    }

    /** Of the result. */
    public PixelSize size() {
        return new PixelSize(width, height);
    }

    /** How many pixels of an image of size {@code stored} are in memory before it is brought to this one. */
    public long decodedPixels(PixelSize stored) {
        return subsampling().pixels(stored);
    }

    /** How many pixels are in memory at most, however many threads decode, of images of at most so many each. */
    public static long decodedTogether(long pixels) {
        return Math.max(pixels, Math.min(2 * pixels, Subsampling.TOGETHER * 1_000_000L));
    }

    private Subsampling subsampling() {
        return crops.isPresent() ? Subsampling.NONE : Subsampling.to(size());
    }

    /**
     * Reads {@code file} and brings it to size; never mirrored. A file of many times this size is not decoded whole.
     *
     * @throws BrokenImageException if the file is missing or not a complete image
     */
    public BufferedImage read(Path file) {
        return ImageFiles.read(file, background, Subsampling.to(size()), this::apply);
    }

    /** The same for a random crop, if there are to be any. */
    public BufferedImage read(Path file, RandomGenerator random) {
        return crops.map(scales -> ImageFiles.read(
                        file, background, Subsampling.NONE, image -> scales.apply(image, width, height, random)))
                .orElseGet(() -> read(file));
    }

    /** Brings an opaque image to size; never mirrored. */
    public BufferedImage apply(BufferedImage image) {
        return fit.apply(image, width, height);
    }
}
