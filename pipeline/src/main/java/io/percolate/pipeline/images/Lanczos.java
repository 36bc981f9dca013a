package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;

/**
 * Resizes images with the three-lobed Lanczos window, widened when shrinking so that nothing aliases; within a
 * grey level of what Pillow's {@code LANCZOS} gives.
 */
public final class Lanczos {

    private static final double LOBES = 3;
    private static final int CHANNELS = 3;

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
        float[] narrowed = columns(channels(image), image.getWidth(), Taps.of(image.getWidth(), width));
        float[] resized = rows(narrowed, width, Taps.of(image.getHeight(), height));
        return Argb.withPixels(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), pixels(resized));
    }

    /** The weights of the source pixels {@code first, first + 1, ...} in one target pixel; they sum to one. */
    private record Taps(int first, float[] weights) {

        static Taps[] of(int from, int to) {
            double scale = (double) from / to;
            double widening = Math.max(scale, 1);
            Taps[] taps = new Taps[to];
            for (int i = 0; i < to; i++) {
                taps[i] = around((i + 0.5) * scale, widening, from);
            }
            return taps;
        }

        private static Taps around(double center, double widening, int size) {
            int first = Math.max(0, (int) Math.round(center - LOBES * widening));
            int end = Math.min(size, (int) Math.round(center + LOBES * widening));
            double[] window = new double[end - first];
            double sum = 0;
            for (int i = 0; i < window.length; i++) {
                window[i] = lanczos((first + i + 0.5 - center) / widening);
                sum += window[i];
            }
            float[] weights = new float[window.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (window[i] / sum);
            }
            return new Taps(first, weights);
        }

        private static double lanczos(double x) {
            return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
        }

        private static double sinc(double x) {
            return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        }
    }

    private static float[] columns(float[] source, int width, Taps[] taps) {
        int height = source.length / (width * CHANNELS);
        float[] target = new float[height * taps.length * CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < taps.length; x++) {
                blend(
                        source,
                        (y * width + taps[x].first) * CHANNELS,
                        CHANNELS,
                        taps[x],
                        target,
                        (y * taps.length + x) * CHANNELS);
            }
        }
        return target;
    }

    private static float[] rows(float[] source, int width, Taps[] taps) {
        int stride = width * CHANNELS;
        float[] target = new float[taps.length * stride];
        for (int y = 0; y < taps.length; y++) {
            for (int x = 0; x < width; x++) {
                blend(
                        source,
                        taps[y].first * stride + x * CHANNELS,
                        stride,
                        taps[y],
                        target,
                        y * stride + x * CHANNELS);
            }
        }
        return target;
    }

    private static void blend(float[] source, int from, int stride, Taps taps, float[] target, int to) {
        for (int tap = 0; tap < taps.weights.length; tap++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                target[to + channel] += taps.weights[tap] * source[from + tap * stride + channel];
            }
        }
    }

    private static float[] channels(BufferedImage image) {
        int[] pixels = Argb.pixels(image);
        float[] channels = new float[pixels.length * CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            channels[i * CHANNELS] = pixels[i] >> 16 & 255;
            channels[i * CHANNELS + 1] = pixels[i] >> 8 & 255;
            channels[i * CHANNELS + 2] = pixels[i] & 255;
        }
        return channels;
    }

    private static int[] pixels(float[] channels) {
        int[] pixels = new int[channels.length / CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            int at = i * CHANNELS;
            pixels[i] = eightBit(channels[at]) << 16 | eightBit(channels[at + 1]) << 8 | eightBit(channels[at + 2]);
        }
        return pixels;
    }

    private static int eightBit(float level) {
        return Math.max(0, Math.min(255, Math.round(level)));
    }
}
