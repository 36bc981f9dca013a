package io.percolate.nn.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.util.random.RandomGenerator;

/**
 * The randomness of a training run: noise, timesteps, and through {@link RandomGenerator} whatever else is
 * drawn (order of the images, flips, dropped captions).
 *
 * <p>SplitMix64 (Steele et al. 2014). Its whole state is one number: {@code new RandomStream(s.state())}
 * goes on exactly where {@code s} is, so a resumed run draws what the uninterrupted one would have. Not
 * thread-safe.
 */
public final class RandomStream implements NoiseSource, RandomGenerator {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Starts from a seed, or goes on from the {@link #state} of another stream. */
    public RandomStream(long state) {
        this.state = state;
    }

    /** All that the next numbers depend on. */
    public long state() {
        return state;
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
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

    /** Timesteps (B), int64, uniform in {0, ..., trainSteps - 1}: t ~ U of Ho et al. 2020, algorithm 1. */
    public NDArray timesteps(NDManager manager, int batch, int trainSteps) {
        return TorchArray.of(manager, longs(batch, 0, trainSteps).toArray());
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
