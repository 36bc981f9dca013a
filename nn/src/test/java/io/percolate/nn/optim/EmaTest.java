package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmaTest {

    private final NDManager manager = TorchEngine.newManager();
    private final TwoWeights model = new TwoWeights(manager);
    private final Ema ema = new Ema(model.parameters(), new EmaDecay(0.9999));

    @AfterEach
    void free() {
        ema.close();
        manager.close();
    }

    @Test
    void warmUpFollowsTheUpdateCount() {
        EmaDecay decay = new EmaDecay(0.9999);
        assertThat(decay.at(1)).isEqualTo(2.0 / 11);
        assertThat(decay.at(90)).isEqualTo(0.91);
        assertThat(decay.at(1_000_000)).isEqualTo(0.9999);
    }

    @Test
    void updatesMoveTheAverageByOneMinusDecay() {
        setFirstBias(12); // was 1
        ema.update();
        assertThat(average()).isEqualTo(12 - 11 * 2f / 11, within(1e-6f));
        ema.update();
        assertThat(average()).isEqualTo(12 - 2 * 3f / 12, within(1e-6f));
    }

    @Test
    void theWeightsAreBackAfterSamplingWithTheAverages() {
        setFirstBias(5);
        assertThat(ema.<Float>applied(() -> model.b.value().getFloat(0))).isEqualTo(1);
        assertThat(model.b.value().getFloat(0)).isEqualTo(5);
        assertThatThrownBy(() -> ema.applied(() -> {
                    throw new IllegalStateException("sampling failed");
                }))
                .hasMessage("sampling failed");
        assertThat(model.b.value().getFloat(0)).isEqualTo(5);
        assertThat(average()).isEqualTo(1);
    }

    @Test
    void aRestoredAverageGoesOnExactly() {
        setFirstBias(3);
        ema.update();
        try (Ema again = new Ema(model.parameters(), new EmaDecay(0.9999))) {
            again.restore(ema.state(), ema.updates());
            ema.update();
            again.update();
            assertThat(again.state().get("b").toFloatArray())
                    .isEqualTo(ema.state().get("b").toFloatArray());
            assertThat(again.updates()).isEqualTo(2);
        }
    }

    private void setFirstBias(float value) {
        try (NDArray values = manager.create(new float[] {value, 0, 0})) {
            Gradients.off(() -> {
                values.copyTo(model.b.value());
                return null;
            });
        }
    }

    private float average() {
        return ema.state().get("b").getFloat(0);
    }
}
