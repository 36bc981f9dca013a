package io.percolate.pipeline.images;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the source pixels of one line weigh in one target pixel.
 *
 * @param first index of the first source pixel that counts
 * @param weights of that pixel and those after it, in units of 2^-22; they sum to one
 */
record LanczosTaps(int first, int... weights) {

    private static final int LOBES = 3;
    private static final int FRACTION_BITS = 22;

    /** The taps of each pixel of a line that is resized from {@code from} to {@code to} pixels. */
    static LanczosTaps[] of(int from, int to) {
        double scale = (double) from / to;
        return IntStream.range(0, to)
                .mapToObj(i -> around((i + 0.5) * scale, Math.max(scale, 1), from))
                .toArray(LanczosTaps[]::new);
    }

    private static LanczosTaps around(double center, double widening, int size) {
        int first = (int) Math.max(0, center - LOBES * widening + 0.5);
        int end = (int) Math.min(size, center + LOBES * widening + 0.5);
        double[] window = IntStream.range(first, end)
                .mapToDouble(i -> lanczos((i + 0.5 - center) / widening))
                .toArray();
        double unit = (1 << FRACTION_BITS) / DoubleStream.of(window).sum();
        return new LanczosTaps(
                first,
                DoubleStream.of(window)
                        .mapToInt(weight -> (int) Math.round(weight * unit))
                        .toArray());
    }

    private static double lanczos(double x) {
        return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The target pixel (opaque RGB) of a line of {@code pixels} that begins at {@code start}. */
    int blend(int[] pixels, int start, int stride) {
        int red = 1 << FRACTION_BITS - 1;
        int green = red;
        int blue = red;
        for (int i = 0; i < weights.length; i++) {
            int pixel = pixels[start + (first + i) * stride];
            red += weights[i] * (pixel >> 16 & 255);
            green += weights[i] * (pixel >> 8 & 255);
            blue += weights[i] * (pixel & 255);
        }
        return 0xFF000000 | level(red) << 16 | level(green) << 8 | level(blue);
    }

    private static int level(int sum) {
        return Math.max(0, Math.min(255, sum >> FRACTION_BITS));
    }
}
