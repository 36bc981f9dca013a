package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.OptimizerConfig.SlowWeights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers from torch 2.13: AdamW inside, SGD(lr=0.7, momentum=0.9, nesterov=True) on the differences outside. */
class OuterOptimizerTest {

    private static final int ROUND = 2;

    private final NDManager manager = TorchEngine.newManager();
    private final TwoWeights model = new TwoWeights(manager);

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void threeRoundsGiveTorchsWeightsMomentaAndAverages() {
        try (Optimizer optimizer = optimizer(model, 0.7, 0.9)) {
            steps(model, optimizer, 3 * ROUND);
            assertClose(
                    model.w.value(), 0.38776767f, -1.11207747f, 1.88534021f, 0.23297398f, -0.08316909f, -3.1093578f);
            assertClose(model.b.value(), 0.88713342f, -0.38730234f, 0.01423532f);
            assertClose(optimizer.state().get("b.outer_momentum"), 0.05411944f, -0.05410846f, 0.05290771f);
            assertThat(optimizer.state().get("w.anchor")).isEqualTo(model.w.value());
            Map<String, NDArray> averages = optimizer.ema().state();
            assertClose(
                    averages.get("w"), 0.39685059f, -1.1029226f, 1.8946639f, 0.23720603f, -0.07815926f, -3.1004476f);
            assertThat(optimizer.ema().updates()).isEqualTo(optimizer.steps()).isEqualTo(3 * ROUND);
        }
    }

    @Test
    void withoutMomentumAndWithRateOneNothingChanges() {
        TwoWeights plain = new TwoWeights(manager);
        try (Optimizer outer = optimizer(model, 1, 0);
                Optimizer inner = new Optimizer(plain.parameters(), OptimizerConfig.DEFAULT)) {
            steps(model, outer, 3 * ROUND);
            steps(plain, inner, 3 * ROUND);
            assertClose(model.w.value(), plain.w.value().toFloatArray());
        }
    }

    @Test
    void averagesStandStillWithinARound() {
        try (Optimizer optimizer = optimizer(model, 0.7, 0.9)) {
            steps(model, optimizer, ROUND + 1);
            assertThat(model.w.value()).isNotEqualTo(optimizer.state().get("w.anchor"));
            assertThat(optimizer.ema().updates()).isEqualTo(ROUND);
        }
    }

    @Test
    void aRunResumedWithinARoundEndsWhereAnUninterruptedOneDoes() {
        TwoWeights resumed = new TwoWeights(manager);
        try (Optimizer optimizer = optimizer(model, 0.7, 0.9);
                Optimizer again = optimizer(resumed, 0.7, 0.9)) {
            steps(model, optimizer, ROUND + 1);
            resumed.assign("w", model.w.value().duplicate());
            resumed.assign("b", model.b.value().duplicate());
            resumed.makeTrainable();
            Map<String, NDArray> saved = copies(optimizer.state());
            again.restore(saved, copies(optimizer.ema().state()), optimizer.steps());
            steps(model, optimizer, ROUND);
            steps(resumed, again, ROUND);
            assertThat(resumed.w.value()).isEqualTo(model.w.value());
            assertThat(again.ema().state().get("w"))
                    .isEqualTo(optimizer.ema().state().get("w"));
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new OuterConfig(0, 0.7, 0.9)).hasMessageContaining("steps 0");
        assertThatThrownBy(() -> new OuterConfig(1, 0, 0.9)).hasMessageContaining("learning_rate 0");
        assertThatThrownBy(() -> new OuterConfig(1, 0.7, 1)).hasMessageContaining("momentum 1");
    }

    private static Optimizer optimizer(TwoWeights model, double rate, double momentum) {
        SlowWeights slow = new SlowWeights(new EmaDecay(0.9999), Optional.of(new OuterConfig(ROUND, rate, momentum)));
        return new Optimizer(model.parameters(), OptimizerConfig.DEFAULT.withSlow(slow));
    }

    private static void steps(TwoWeights model, Optimizer optimizer, int count) {
        optimizer.setLearningRate(0.01);
        for (int step = 0; step < count; step++) {
            optimizer.minimise(model::loss);
        }
    }

    private static Map<String, NDArray> copies(Map<String, NDArray> state) {
        Map<String, NDArray> copies = new LinkedHashMap<>();
        state.forEach((name, array) -> copies.put(name, array.duplicate()));
        return copies;
    }

    private static void assertClose(NDArray actual, float... expected) {
        assertThat(actual.toFloatArray()).containsExactly(expected, within(1e-6f));
    }
}
