package io.percolate.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    private final NDManager manager = TorchEngine.newManager();
    private final RandomStream stream = new RandomStream(1234567);

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void bitsAreThoseOfSplitMix64() {
        // Vigna's splitmix64.c with seed 1234567
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("3203168211198807973");
    }

    @Test
    void aStreamGoesOnExactlyFromItsState() {
        stream.normal(manager, new Shape(1001), DataType.FLOAT32);
        stream.timesteps(manager, 5, 1000);
        RandomStream resumed = new RandomStream(stream.state());
        Shape shape = new Shape(2, 3);
        assertThat(resumed.normal(manager, shape, DataType.FLOAT32).toFloatArray())
                .isEqualTo(stream.normal(manager, shape, DataType.FLOAT32).toFloatArray());
        assertThat(resumed.timesteps(manager, 9, 1000).toLongArray())
                .isEqualTo(stream.timesteps(manager, 9, 1000).toLongArray());
        assertThat(resumed.uniform(manager, shape).toFloatArray())
                .isEqualTo(stream.uniform(manager, shape).toFloatArray());
        assertThat(resumed.nextDouble()).isEqualTo(stream.nextDouble());
    }

    @Test
    void everyTimestepComesAboutAsOften() {
        NDArray timesteps = stream.timesteps(manager, 100_000, 10);
        assertThat(timesteps.getDataType()).isEqualTo(DataType.INT64);
        long[] counts = new long[10];
        Arrays.stream(timesteps.toLongArray()).forEach(t -> counts[(int) t]++);
        for (long count : counts) {
            assertThat(count).isBetween(9_600L, 10_400L);
        }
    }

    @Test
    void noiseHasTheMomentsOfAStandardNormal() {
        double[] x =
                stream.normal(manager, new Shape(200_000), DataType.FLOAT64).toDoubleArray();
        assertThat(Arrays.stream(x).average().orElseThrow()).isEqualTo(0, within(0.01));
        assertThat(Arrays.stream(x).map(v -> v * v).average().orElseThrow()).isEqualTo(1, within(0.015));
        assertThat(Arrays.stream(x).map(v -> Math.pow(v, 4)).average().orElseThrow())
                .isEqualTo(3, within(0.1));
    }

    @Test
    void uniformNumbersFillTheUnitInterval() {
        float[] x = stream.uniform(manager, new Shape(100, 100)).toFloatArray();
        Arrays.sort(x);
        assertThat(x[0]).isBetween(0f, 0.001f);
        assertThat(x[5000]).isEqualTo(0.5f, within(0.02f));
        assertThat(x[9999]).isBetween(0.999f, 0.9999999f);
    }
}
