package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;

/**
 * Resizes images with the three-lobed Lanczos window, widened when shrinking so that nothing aliases. Every level is the
 * one that Pillow's {@code LANCZOS} gives: columns first, then rows, with levels of 8 bits between the two.
 */
public final class Lanczos {

    private Lanczos() {}

    /**
     * Resizes an opaque image.
     *
     * @param width the new width in pixels, at least 1
     * @param height the new height in pixels, at least 1
     */
    public static BufferedImage resize(BufferedImage image, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "cannot resize to " + width + "x" + height + ": both must be at least 1");
        }
        if (image.getWidth() == width && image.getHeight() == height) {
            return image;
        }
        int[] narrowed = columns(Argb.packed(image), image.getWidth(), LanczosTaps.of(image.getWidth(), width));
        int[] resized = rows(narrowed, width, LanczosTaps.of(image.getHeight(), height));
        return Argb.withPixels(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), resized);
    }

    private static int[] columns(int[] source, int width, LanczosTaps... taps) {
        int[] target = new int[source.length / width * taps.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = taps[i % taps.length].blend(source, i / taps.length * width, 1);
        }
        return target;
    }

    private static int[] rows(int[] source, int width, LanczosTaps... taps) {
        int[] target = new int[width * taps.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = taps[i / width].blend(source, i % width, width);
        }
        return target;
    }
}
