package io.percolate.tests.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;
import io.percolate.testing.Reference;
import java.util.stream.LongStream;

/** Finds the seed of noise that torch drew. */
final class TorchSeeds {

    /** Torch draws in blocks of this size: the first does not depend on how many follow. */
    private static final int BLOCK = 16;

    private static final long SEEDS = 10_000;

    private TorchSeeds() {}

    /** The seed whose noise begins as {@code noise} does. */
    static long of(NDArray noise) {
        double first = Reference.doubles(noise)[0];
        return LongStream.range(0, SEEDS)
                .filter(seed -> Math.abs(first(seed, noise.getManager(), noise.getDataType()) - first) < 1e-6)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no seed below " + SEEDS + " draws " + first + " first"));
    }

    private static double first(long seed, NDManager manager, DataType type) {
        double[] first = new double[1];
        Scope.run(() ->
                first[0] = Reference.doubles(NoiseSource.seeded(seed).normal(manager, new Shape(BLOCK), type))[0]);
        return first[0];
    }
}
