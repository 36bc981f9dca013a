package io.percolate.cli.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import java.util.function.Supplier;

/**
 * What the machine reaches where nothing is in the way, in GFLOP/s.
 *
 * @param matmul in a product of two square matrices of 2048
 * @param convolution in a 3x3 convolution of 320 channels at 64x64
 */
record MachinePeak(double matmul, double convolution) {

    private static final int TRIES = 5;

    /** In GFLOP/s: what is slower in small is measured there, for the processor lacks such numbers. */
    private static final double SLOW = 10;

    /** Measures, taking the best of several tries: whatever disturbs them only makes them slower. */
    static MachinePeak measure(Precision precision) {
        return new MachinePeak(
                peak(precision, MachinePeak::matmul, 256, 2048), peak(precision, MachinePeak::convolution, 4, 64));
    }

    /** The larger of the two. */
    double best() {
        return Math.max(matmul, convolution);
    }

    private static Supplier<NDArray> matmul(NDManager manager, Precision precision, long side) {
        NDArray matrix = noise(manager, precision, side, side);
        return () -> Aten.linear(matrix, matrix, null);
    }

    private static Supplier<NDArray> convolution(NDManager manager, Precision precision, long side) {
        NDArray pixels = noise(manager, precision, 2, 320, side, side);
        NDArray weight = noise(manager, precision, 320, 320, 3, 3);
        NDArray bias = noise(manager, precision, 320);
        return () -> Aten.conv2d(pixels, weight, bias, 1, 1);
    }

    private interface Operator {

        Supplier<NDArray> of(NDManager manager, Precision precision, long side);
    }

    private static double peak(Precision precision, Operator operator, long small, long large) {
        try (NDManager manager = TorchEngine.newManager(Device.cpu())) {
            double inSmall = best(run(operator.of(manager, precision, small)));
            return inSmall < SLOW ? inSmall : best(run(operator.of(manager, precision, large)));
        }
    }

    private static NDArray noise(NDManager manager, Precision precision, long... shape) {
        return Aten.repeatedNoise(manager, new Shape(shape), 1, precision);
    }

    private static Runnable run(Supplier<NDArray> operator) {
        return () -> Scope.run(() -> Gradients.off(operator));
    }

    private static double best(Runnable run) {
        double gflop = FlopCounter.count(run).total() / 1e9;
        return gflop / Stopwatch.seconds(run, TRIES).min().orElseThrow();
    }
}
