package io.percolate.pipeline.images;

import java.io.Serializable;

/**
 * How large an image is, in pixels.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record PixelSize(int width, int height) implements Serializable {

    public PixelSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("images of " + width + "x" + height + ": both must be at least 1");
        }
    }

    /** How many pixels an image has. */
    public long area() {
        return (long) width * height;
    }

    /** Width over height. */
    public double aspectRatio() {
        return (double) width / height;
    }

    /** The same on its side. */
    PixelSize transposed() {
        return new PixelSize(height, width);
    }

    /** The smallest size of this shape that is no smaller than {@code other} in width or height. */
    PixelSize covering(PixelSize other) {
        double scale = Math.max((double) other.width / width, (double) other.height / height);
        return new PixelSize(Math.max(other.width, (int) Math.round(width * scale)), Math.max(other.height, (int)
                Math.round(height * scale)));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
