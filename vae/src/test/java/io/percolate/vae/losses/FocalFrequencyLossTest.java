package io.percolate.vae.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FocalFrequencyLossTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    /** Parseval: the orthonormal transform keeps the sum of squares. */
    @Test
    void whereAllFrequenciesCountAlikeItIsTheMeanSquare() {
        NDArray error = manager.randomUniform(-1, 1, new Shape(2, 3, 6, 10));
        float square = error.square().mean().getFloat();
        assertThat(of(error, 0)).isCloseTo(square, Offset.offset(1e-6f));
    }

    /** cos(2 pi x / 8) has the frequencies 1 and -1, both of the same magnitude: both count 1. */
    @Test
    void aSingleWaveCountsAsMuchAsItsMeanSquare() {
        float[] wave = new float[64];
        IntStream.range(0, 64).forEach(i -> wave[i] = (float) Math.cos(2 * Math.PI * i / 8));
        assertThat(of(manager.create(wave, new Shape(1, 1, 8, 8)), 1)).isCloseTo(0.5f, Offset.offset(1e-6f));
    }

    /** Value and first gradients as torch.fft and autograd give them in float64 for the formula of the published code. */
    @Test
    void valueAndGradientAreThoseOfTorch() {
        NDArray error = error();
        error.setRequiresGradient(true);
        NDArray loss = Gradients.on(() -> new FocalFrequencyLoss(1, 1).of(error));
        Gradients.backward(loss);
        assertThat(loss.getFloat()).isCloseTo(0.0717566f, Offset.offset(1e-6f));
        assertThat(Gradients.of(error).flatten().get("0:4").toFloatArray())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(-0.0296875f, 0.00625f, 0.0237381f, -0.0070083f);
        assertThat(of(error(), 2)).isCloseTo(0.0618233f, Offset.offset(1e-6f));
    }

    @Test
    void noErrorCostsNothing() {
        assertThat(of(manager.zeros(new Shape(1, 3, 4, 4)), 1)).isZero();
    }

    /** ((7 i mod 5) - 2) / 4 in the first channel, and 0.1 minus half of its mirror image in the second. */
    private NDArray error() {
        float[] values = new float[32];
        IntStream.range(0, 16).forEach(i -> {
            values[i] = (7 * i % 5 - 2) / 4f;
            values[16 + i] = 0.1f - (7 * (i / 4 * 4 + 3 - i % 4) % 5 - 2) / 8f;
        });
        return manager.create(values, new Shape(1, 2, 4, 4));
    }

    private static float of(NDArray error, double exponent) {
        return new FocalFrequencyLoss(1, exponent).of(error).getFloat();
    }
}
