package io.percolate.pipeline.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.Aten;
import io.percolate.nn.FlopCounter;
import io.percolate.nn.Gradients;
import io.percolate.nn.Precision;
import io.percolate.nn.Scope;
import io.percolate.nn.TorchEngine;
import java.util.function.Supplier;

/**
 * What the machine reaches where nothing is in the way, in GFLOP/s.
 *
 * @param matmul in a product of two square matrices of 2048
 * @param convolution in a 3x3 convolution of 320 channels at 64x64
 */
record MachinePeak(double matmul, double convolution) {

    private static final int TRIES = 5;

    /** Measures, taking the best of several tries: whatever disturbs them only makes them slower. */
    static MachinePeak measure(Precision precision) {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray matrix = noise(manager, precision, 2048, 2048);
            NDArray pixels = noise(manager, precision, 2, 320, 64, 64);
            NDArray weight = noise(manager, precision, 320, 320, 3, 3);
            NDArray bias = noise(manager, precision, 320);
            return new MachinePeak(
                    best(() -> Aten.linear(matrix, matrix, null)), best(() -> Aten.conv2d(pixels, weight, bias, 1, 1)));
        }
    }

    /** The larger of the two. */
    double best() {
        return Math.max(matmul, convolution);
    }

    private static NDArray noise(NDManager manager, Precision precision, long... shape) {
        return Aten.repeatedNoise(manager, new Shape(shape), 1, precision);
    }

    private static double best(Supplier<NDArray> operator) {
        Runnable run = () -> Scope.run(() -> Gradients.off(operator));
        double gflop = FlopCounter.count(run).total() / 1e9;
        return gflop / Stopwatch.seconds(run, TRIES).min().orElseThrow();
    }
}
