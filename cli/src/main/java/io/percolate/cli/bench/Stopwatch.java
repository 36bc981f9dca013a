package io.percolate.cli.bench;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Wall-clock time. */
final class Stopwatch {

    private Stopwatch() {}

    /** The seconds that each of {@code times} runs takes. */
    static DoubleStream seconds(Runnable body, int times) {
        return IntStream.range(0, times).mapToDouble(i -> seconds(body));
    }

    private static double seconds(Runnable body) {
        long start = System.nanoTime();
        body.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** The middle one, or the mean of the two middle ones. */
    static double median(double... values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
