package io.percolate.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import org.junit.jupiter.api.Test;

class DataSpaceTest {

    @Test
    void pixelsAreSpreadOverTheWidthOfTheirLevel() {
        try (NDManager manager = TorchEngine.newManager()) {
            float[] levels = new float[256];
            for (int k = 0; k < 256; k++) {
                levels[k] = k / 127.5f - 1;
            }
            NDArray pixels = TorchArray.of(manager, levels, new Shape(1, 1, 16, 16));
            NDArray spread = new DataSpace.Pixels().continuous(pixels, new RandomStream(1));
            float[] values = spread.toFloatArray();
            for (int k = 0; k < 256; k++) {
                assertThat((values[k] + 1) * 128).isBetween(k - 1e-3f, k + 1 + 1e-3f);
            }
        }
    }

    /** 256 levels of equal probability: density 1/2 over [-1, 1], and 8 bits. */
    @Test
    void anEvenDensityIsEightBits() {
        assertThat(new DataSpace.Pixels().fromLogDensity(Math.log(0.5))).isCloseTo(8, within(1e-12));
    }
}
