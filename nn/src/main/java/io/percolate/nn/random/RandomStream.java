package io.percolate.nn.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;

/**
 * The randomness of a training: SplitMix64 (Steele et al. 2014), whose numbers depend on the seed alone. Not
 * thread-safe.
 */
public final class RandomStream implements RandomSource {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    public RandomStream(long seed) {
        state = seed;
    }

    /**
     * The stream of one step of a training, which has nothing to do with that of another step or another seed: a run
     * that is resumed at {@code step} goes on as if it had never stopped.
     */
    public static RandomStream of(long seed, long step) {
        return new RandomStream(mixed(mixed(seed) ^ mixed(step + GAMMA)));
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mixed(state);
    }

    private static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @Override
    public NDArray normal(NDManager manager, Shape shape, DataType type) {
        double[] values = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = nextGaussian();
        }
        return TorchNoise.array(manager, values, shape, type);
    }

    /** Uniform float32 numbers in [0, 1). */
    public NDArray uniform(NDManager manager, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = nextFloat();
        }
        return TorchArray.of(manager, values, shape);
    }
}
