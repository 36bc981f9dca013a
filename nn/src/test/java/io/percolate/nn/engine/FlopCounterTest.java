package io.percolate.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class FlopCounterTest {

    @Test
    void kindsAreCountedApart() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray tokens = manager.ones(new Shape(2, 5, 4));
            NDArray keys = manager.ones(new Shape(2, 3, 4));
            NDArray pixels = manager.ones(new Shape(1, 4, 6, 6));
            Flops flops = FlopCounter.count(() -> {
                Aten.linear(tokens, manager.ones(new Shape(7, 4)), null);
                DotProductAttention.inFloat32(tokens, keys, keys, 2, false);
                Aten.conv2d(pixels, manager.ones(new Shape(8, 4, 3, 3)), manager.zeros(new Shape(8)), 2, 1);
            });
            assertThat(flops).isEqualTo(new Flops(2 * 8 * 3 * 3 * 4 * 9, 2 * 10 * 4 * 7, 2 * 2 * 2 * 5 * 3 * 4));
            assertThat(flops.times(3).total()).isEqualTo(3 * (5184 + 560 + 480));
        }
    }

    @Test
    void nothingIsCountedOutside() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.ones(new Shape(2, 2));
            Flops outer = FlopCounter.count(() -> {
                FlopCounter.count(() -> Aten.linear(x, x, null));
                Aten.silu(x);
            });
            Aten.linear(x, x, null);
            assertThat(outer).isEqualTo(Flops.NONE);
        }
    }
}
