package io.percolate.diffusion.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import org.junit.jupiter.api.Test;

class SlerpTest {

    @Test
    void theWayKeepsTheNormAndTurnsEvenly() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray a = TorchArray.of(manager, new double[] {1, 0, 2, 0}, new Shape(2, 2));
            NDArray b = TorchArray.of(manager, new double[] {0, 1, 2, 0}, new Shape(2, 2));
            double[] third = Slerp.between(a, b, 1 / 3.0).toDoubleArray();
            assertThat(third)
                    .containsExactly(new double[] {Math.cos(Math.PI / 6), Math.sin(Math.PI / 6), 2, 0}, within(1e-12));
            assertThat(Slerp.between(a, b, 0).toDoubleArray()).containsExactly(a.toDoubleArray(), within(1e-12));
            assertThat(Slerp.between(a, b, 1).toDoubleArray()).containsExactly(b.toDoubleArray(), within(1e-12));
        }
    }
}
