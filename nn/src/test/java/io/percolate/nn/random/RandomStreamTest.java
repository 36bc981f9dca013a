package io.percolate.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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
    void everyStepOfEverySeedHasAStreamOfItsOwn() {
        Set<Long> first = new HashSet<>();
        for (long seed = -50; seed < 50; seed++) {
            for (long step = 0; step < 1000; step++) {
                first.add(RandomStream.of(seed, step).nextLong());
            }
        }
        assertThat(first).hasSize(100_000);
        assertThat(RandomStream.of(0, 31).nextLong())
                .isNotEqualTo(RandomStream.of(1, 0).nextLong());
    }

    @Test
    void aStepsStreamIsTheSameEveryTime() {
        Shape shape = new Shape(2, 3);
        assertThat(RandomStream.of(3, 7)
                        .normal(manager, shape, DataType.FLOAT32)
                        .toFloatArray())
                .isEqualTo(RandomStream.of(3, 7)
                        .normal(manager, shape, DataType.FLOAT32)
                        .toFloatArray());
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
