package io.percolate.pipeline.images;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Images as float32 arrays in [-1,1] (level / 127.5 - 1), channels first in the order red, green, blue. */
public final class Pixels {

    private static final int CHANNELS = 3;

    private Pixels() {}

    /** One opaque image as an array (3,H,W). */
    public static NDArray of(BufferedImage image, NDManager manager) {
        byte[] levels = levels(image);
        return TorchArray.of(manager, floats(levels), new Shape(CHANNELS, image.getHeight(), image.getWidth()));
    }

    /** Opaque images of one size as an array (B,3,H,W). */
    public static NDArray of(List<BufferedImage> images, NDManager manager) {
        int width = images.get(0).getWidth();
        int height = images.get(0).getHeight();
        List<byte[]> levels = new ArrayList<>();
        for (BufferedImage image : images) {
            if (image.getWidth() != width || image.getHeight() != height) {
                throw new IllegalArgumentException("images of %dx%d and %dx%d cannot share a batch: resize them first"
                        .formatted(width, height, image.getWidth(), image.getHeight()));
            }
            levels.add(levels(image));
        }
        return ofLevels(levels, new Shape(images.size(), CHANNELS, height, width), manager);
    }

    /** Images as {@link #levels} gives them, as an array of the given {@code shape} (B,3,H,W). */
    public static NDArray ofLevels(List<byte[]> levels, Shape shape, NDManager manager) {
        float[] pixels = new float[Math.toIntExact(shape.size())];
        int at = 0;
        for (byte[] image : levels) {
            System.arraycopy(floats(image), 0, pixels, at, image.length);
            at += image.length;
        }
        return TorchArray.of(manager, pixels, shape);
    }

    /** The 8-bit levels of an opaque image, (3,H,W) in row-major order: a quarter of the memory of floats. */
    public static byte[] levels(BufferedImage image) {
        int[] pixels = Argb.packed(image);
        byte[] levels = new byte[CHANNELS * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            levels[i] = (byte) (pixels[i] >> 16);
            levels[pixels.length + i] = (byte) (pixels[i] >> 8);
            levels[2 * pixels.length + i] = (byte) pixels[i];
        }
        return levels;
    }

    /** The image of a float32 array (3,H,W): clamped to [-1,1] and rounded to 8 bits. */
    public static BufferedImage image(NDArray pixels) {
        Shape shape = pixels.getShape();
        if (shape.dimension() != 3 || shape.get(0) != CHANNELS) {
            throw new IllegalArgumentException("an image is (3,H,W), not " + shape);
        }
        return image(pixels.toFloatArray(), 0, (int) shape.get(2), (int) shape.get(1));
    }

    /** The images of a float32 array (B,3,H,W): clamped to [-1,1] and rounded to 8 bits. */
    public static List<BufferedImage> images(NDArray pixels) {
        Shape shape = pixels.getShape();
        if (shape.dimension() != 4 || shape.get(1) != CHANNELS) {
            throw new IllegalArgumentException("images are (B,3,H,W), not " + shape);
        }
        float[] floats = pixels.toFloatArray();
        int width = (int) shape.get(3);
        int height = (int) shape.get(2);
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < shape.get(0); i++) {
            images.add(image(floats, i * CHANNELS * width * height, width, height));
        }
        return images;
    }

    private static BufferedImage image(float[] floats, int start, int width, int height) {
        int area = width * height;
        int[] pixels = new int[area];
        for (int i = 0; i < area; i++) {
            int at = start + i;
            pixels[i] = level(floats[at]) << 16 | level(floats[at + area]) << 8 | level(floats[at + 2 * area]);
        }
        return Argb.withPixels(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), pixels);
    }

    private static int level(float pixel) {
        return Math.round((Math.max(-1, Math.min(1, pixel)) + 1) * 127.5f);
    }

    private static float[] floats(byte[] levels) {
        float[] floats = new float[levels.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (levels[i] & 255) / 127.5f - 1;
        }
        return floats;
    }
}
