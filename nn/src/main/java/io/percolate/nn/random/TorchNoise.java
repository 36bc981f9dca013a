package io.percolate.nn.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;

/**
 * The normal numbers that torch's CPU generator gives for a seed (Box and Muller 1958).
 *
 * <p>Torch has two ways: from 16 numbers on, the uniform numbers are drawn first and turned into normal ones in
 * blocks of 16, the eight of the first half paired with those of the second; below that, pairs are made
 * one at a time in float64 and the second of a pair is kept for the next draw.
 */
final class TorchNoise implements NoiseSource {

    private static final int BLOCK = 16;
    private static final int HALF = BLOCK / 2;

    private final MersenneTwister twister;
    private double kept = Double.NaN;

    TorchNoise(long seed) {
        twister = new MersenneTwister(seed);
    }

    @Override
    public NDArray normal(NDManager manager, Shape shape, DataType type) {
        return array(manager, normal(Math.toIntExact(shape.size()), type), shape, type);
    }

    /** The next {@code count} numbers. If there are fewer than 16, the caller rounds them to {@code FLOAT32}. */
    double[] normal(int count, DataType type) {
        if (count < BLOCK) {
            return few(count);
        }
        return type == DataType.FLOAT64
                ? blocks(count, twister::nextDouble, x -> x)
                : blocks(count, twister::nextFloat, x -> (float) x);
    }

    /** The numbers as a tensor of {@code type}. */
    static NDArray array(NDManager manager, double[] values, Shape shape, DataType type) {
        return switch (type) {
            case FLOAT32 -> TorchArray.of(manager, rounded(values), shape);
            case FLOAT64 -> TorchArray.of(manager, values, shape);
            default ->
                throw new IllegalArgumentException(
                        "noise of type " + type + ": ask for FLOAT32 or FLOAT64 and cast it");
        };
    }

    private static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    /** Every step of the formula is rounded as torch's vector code does it. */
    private static double[] blocks(int count, DoubleSupplier uniform, DoubleUnaryOperator round) {
        double[] values = new double[count];
        fill(values, 0, uniform);
        for (int start = 0; start + BLOCK <= count; start += BLOCK) {
            boxMuller(values, start, round);
        }
        if (count % BLOCK != 0) {
            fill(values, count - BLOCK, uniform);
            boxMuller(values, count - BLOCK, round);
        }
        return values;
    }

    private static void fill(double[] values, int start, DoubleSupplier uniform) {
        for (int i = start; i < values.length; i++) {
            values[i] = uniform.getAsDouble();
        }
    }

    private static void boxMuller(double[] values, int start, DoubleUnaryOperator round) {
        double turn = round.applyAsDouble(2 * Math.PI);
        for (int i = start; i < start + HALF; i++) {
            double logarithm = round.applyAsDouble(Math.log(1 - values[i]));
            double radius = round.applyAsDouble(Math.sqrt(-2 * logarithm));
            double angle = round.applyAsDouble(turn * values[i + HALF]);
            values[i] = round.applyAsDouble(radius * round.applyAsDouble(Math.cos(angle)));
            values[i + HALF] = round.applyAsDouble(radius * round.applyAsDouble(Math.sin(angle)));
        }
    }

    private double[] few(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = single();
        }
        return values;
    }

    private double single() {
        double next = kept;
        kept = Double.NaN;
        if (Double.isNaN(next)) {
            double angle = 2 * Math.PI * twister.nextDouble();
            double radius = Math.sqrt(-2 * Math.log1p(-twister.nextDouble()));
            next = radius * Math.cos(angle);
            kept = radius * Math.sin(angle);
        }
        return next;
    }
}
