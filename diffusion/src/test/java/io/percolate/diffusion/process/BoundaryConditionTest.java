package io.percolate.diffusion.process;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import org.junit.jupiter.api.Test;

class BoundaryConditionTest {

    @Test
    void whereThereIsNoNoiseItIsTheInputAndWhereThereIsMuchTheNetworks() {
        try (NDManager manager = TorchEngine.newManager()) {
            Shape shape = new Shape(2, 3, 2, 2);
            NDArray x = NoiseSource.seeded(1).normal(manager, shape, DataType.FLOAT64);
            NDArray x0 = NoiseSource.seeded(2).normal(manager, shape, DataType.FLOAT64);
            NDArray both = BoundaryCondition.PUBLISHED.apply(x, x0, manager.create(new long[] {0, 999}));
            assertThat(both.get(0).sub(x.get(0)).abs().max().getDouble()).isZero();
            assertThat(both.get(1).sub(x0.get(1)).abs().max().getDouble()).isLessThan(1e-7);
            NDArray alone = BoundaryCondition.PUBLISHED.apply(x, x0, 999);
            assertThat(both.get(1).sub(alone.get(1)).abs().max().getDouble()).isLessThan(1e-15);
        }
    }
}
