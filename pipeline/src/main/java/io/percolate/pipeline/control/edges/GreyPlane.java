package io.percolate.pipeline.control.edges;

import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;

/**
 * An image of one channel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param levels row by row; 0 to 255 where they are brightness
 */
public record GreyPlane(int width, int height, float[] levels) {

    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    /** The luma of an opaque image (ITU-R BT.601). */
    public static GreyPlane of(BufferedImage image) {
        byte[] colours = Pixels.levels(image);
        int area = image.getWidth() * image.getHeight();
        float[] levels = new float[area];
        for (int i = 0; i < area; i++) {
            levels[i] =
                    RED * (colours[i] & 255) + GREEN * (colours[area + i] & 255) + BLUE * (colours[2 * area + i] & 255);
        }
        return new GreyPlane(image.getWidth(), image.getHeight(), levels);
    }

    /** The grey image of these levels, rounded to 8 bits. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < levels.length; i++) {
            image.setRGB(i % width, i / width, 0x010101 * Math.max(0, Math.min(255, Math.round(levels[i]))));
        }
        return image;
    }

    /** The level at a place; beyond the border that of the border. */
    float at(int x, int y) {
        return levels[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))];
    }

    /** Every level replaced by what {@code pixel} makes of its place. */
    GreyPlane map(PixelFunction pixel) {
        float[] mapped = new float[levels.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = pixel.at(i % width, i / width);
        }
        return new GreyPlane(width, height, mapped);
    }

    /** A number for each pixel. */
    @FunctionalInterface
    interface PixelFunction {

        float at(int x, int y);
    }
}
