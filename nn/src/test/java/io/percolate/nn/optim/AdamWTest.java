package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Expected numbers: torch 2.13, {@code AdamW(lr, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.05)} on the CPU. */
class AdamWTest {

    private static final AdamWConfig CONFIG = new AdamWConfig(0.8, 0.95, 1e-3, 0.05);
    private static final double[] RATES = {0.1, 0.2, 0.05};

    private final NDManager manager = TorchEngine.newManager();
    private final TwoWeights model = new TwoWeights(manager);
    private final AdamW adamW = new AdamW(model.parameters(), CONFIG);

    @AfterEach
    void free() {
        adamW.close();
        manager.close();
    }

    @Test
    void threeStepsAtChangingRatesGiveTorchsWeights() {
        for (double rate : RATES) {
            train(model, adamW, rate);
        }
        assertClose(model.w.value(), 0.16504699f, -1.32786417f, 1.62023735f, 0.15420978f, -0.00437269f, -3.29675674f);
        assertClose(model.b.value(), 0.64784998f, -0.15680264f, -0.14605977f);
        assertClose(
                adamW.state().get("w.exp_avg"),
                0.80164069f,
                1.66627097f,
                4.96694803f,
                0.31670508f,
                -0.06050980f,
                14.3447485f);
        assertThat(adamW.steps()).isEqualTo(3);
    }

    @Test
    void threeClippedStepsGiveTorchsWeights() {
        float[] norms = {30.5496025f, 30.8489342f, 33.2264328f};
        for (int step = 0; step < RATES.length; step++) {
            model.backward();
            assertThat(new GradientClipping(1).clip(model.parameters())).isEqualTo(norms[step], within(1e-5f));
            adamW.step(RATES[step]);
            model.dropGradients();
        }
        assertClose(model.w.value(), 0.16877916f, -1.32396793f, 1.62174284f, 0.13493687f, -0.00968871f, -3.29616213f);
        assertClose(model.b.value(), 0.65939963f, -0.16186240f, -0.15121077f);
    }

    @Test
    void aResumedRunEndsWhereAnUninterruptedOneDoes() {
        train(model, adamW, 0.1);
        Map<String, NDArray> saved = new LinkedHashMap<>();
        adamW.state().forEach((name, array) -> saved.put(name, array.duplicate()));
        TwoWeights resumed = new TwoWeights(manager);
        resumed.assign("w", model.w.value().duplicate());
        resumed.assign("b", model.b.value().duplicate());
        resumed.makeTrainable();
        try (AdamW again = new AdamW(resumed.parameters(), CONFIG)) {
            again.restore(saved, adamW.steps());
            for (double rate : RATES) {
                train(model, adamW, rate);
                train(resumed, again, rate);
            }
        }
        assertThat(resumed.w.value().toFloatArray()).isEqualTo(model.w.value().toFloatArray());
        assertThat(resumed.b.value().toFloatArray()).isEqualTo(model.b.value().toFloatArray());
    }

    @Test
    void stateOfAnotherModelIsRefusedWithAllThatDiffers() {
        Map<String, NDArray> state = Map.of("w.exp_avg", manager.zeros(new Shape(2)));
        assertThatThrownBy(() -> adamW.restore(state, 1))
                .hasMessageContaining("w.exp_avg is (2) instead of (2, 3)")
                .hasMessageContaining("b.exp_avg is missing");
    }

    @Test
    void everyDisconnectedParameterIsNamed() {
        assertThatThrownBy(() -> adamW.step(0.1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no gradient reached w, b:");
        Gradients.backward(Gradients.on(() -> model.w.value().sum()));
        assertThatThrownBy(() -> adamW.step(0.1)).hasMessageContaining("no gradient reached b:");
        assertThat(adamW.steps()).isZero();
    }

    @Test
    void aLaterStepTakesAMissingGradientAsZero() {
        train(model, adamW, 0.1);
        float before = model.b.value().getFloat(0);
        Gradients.backward(Gradients.on(() -> model.w.value().sum()));
        assertThat(new GradientClipping(Double.POSITIVE_INFINITY).clip(model.parameters()))
                .isEqualTo((float) Math.sqrt(6));
        adamW.step(0.1);
        assertThat(model.b.value().getFloat(0)).isLessThan(before); // carried on by the running mean
    }

    private static void train(TwoWeights model, AdamW adamW, double rate) {
        model.backward();
        adamW.step(rate);
        model.dropGradients();
    }

    private static void assertClose(NDArray actual, float... expected) {
        assertThat(actual.toFloatArray()).containsExactly(expected, within(1e-6f));
    }
}
