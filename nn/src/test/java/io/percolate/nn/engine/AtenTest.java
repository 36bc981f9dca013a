package io.percolate.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AtenTest {

    /** Processors round the last digit of an exponential differently. */
    private static final Offset<Float> ROUNDING = within(2e-7f);

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @Test
    void gradientsReachTheWeightsThroughNativeOperatorsInBf16() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.ones(new Shape(1, 4, 3, 3));
            NDArray w = manager.ones(new Shape(2, 4, 3, 3));
            NDArray b = manager.zeros(new Shape(2));
            w.setRequiresGradient(true);
            NDArray loss = Gradients.on(() -> {
                NDArray half = Aten.to(x, Precision.BF16);
                return Aten.to(Aten.conv2d(half, w, b, 1, 1), Precision.FP32).sum();
            });
            Gradients.backward(loss);
            assertThat(loss.getFloat()).isEqualTo(2 * 4 * (9 + 4 * 6 + 4 * 4));
            try (NDArray gradient = Gradients.of(w)) {
                assertThat(gradient.getFloat(0, 0, 1, 1)).isEqualTo(9);
                assertThat(gradient.getFloat(0, 0, 0, 0)).isEqualTo(4);
            }
        }
    }

    @Test
    void attentionOverEqualKeysIsTheMeanOfTheValues() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray q = manager.randomNormal(new Shape(1, 2, 8));
            NDArray k = manager.zeros(new Shape(1, 4, 8));
            NDArray v = manager.arange(0f, 32f).reshape(1, 4, 8);
            NDArray out = DotProductAttention.inFloat32(q, k, v, 2, false);
            assertThat(out.get(0, 0).toFloatArray()).containsExactly(12, 13, 14, 15, 16, 17, 18, 19);
        }
    }

    @Test
    void everyOperatorRuns() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.ones(new Shape(1, 4, 2, 2));
            NDArray one = manager.ones(new Shape(4));
            assertThat(Aten.groupNorm(x, 2, one, one, 1e-5).toFloatArray()).containsOnly(1);
            assertThat(Aten.layerNorm(x.reshape(1, 4, 4), one, one, 1e-5).toFloatArray())
                    .containsOnly(1);
            assertThat(Aten.silu(x).getFloat(0, 0, 0, 0)).isCloseTo(0.7310586f, ROUNDING);
            assertThat(Aten.gelu(x).getFloat(0, 0, 0, 0)).isCloseTo(0.8413447f, ROUNDING);
            assertThat(Aten.quickGelu(x).getFloat(0, 0, 0, 0)).isCloseTo(0.84579575f, ROUNDING);
            assertThat(Aten.geglu(x.reshape(4, 4)).getShape()).isEqualTo(new Shape(4, 2));
            assertThat(Aten.upsampleNearest(x, 4, 6).getShape()).isEqualTo(new Shape(1, 4, 4, 6));
            assertThat(Aten.pad(x, 0, 1, 0, 1).getShape()).isEqualTo(new Shape(1, 4, 3, 3));
            assertThat(Aten.linear(x.reshape(4, 4), x.reshape(4, 4), null).toFloatArray())
                    .containsOnly(4);
        }
    }

    @Test
    void scopesLeaveOnlyTheResult() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.ones(new Shape(3));
            int before = manager.getManagedArrays().size();
            try (NDArray y = Scope.keep(() -> x.mul(2).add(1).mul(3))) {
                assertThat(y.toFloatArray()).containsOnly(9);
                assertThat(manager.getManagedArrays()).hasSize(before + 1);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void repeatedNoiseHasTheDeviationAskedForInAnyPrecision() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray noise = Aten.repeatedNoise(manager, new Shape(300, 1000), 0.5, Precision.BF16);
            NDArray values = Aten.to(noise, Precision.FP32).reshape(-1);
            assertThat(values.square().mean().getFloat()).isBetween(0.24f, 0.26f);
            assertThat(values.getFloat(65_536 + 17)).isEqualTo(values.getFloat(17));
            assertThat(values.getFloat(299_999)).isEqualTo(values.getFloat(299_999 % 65_536));
        }
    }
}
