package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TensorList;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateTypeTest {

    private static final AdamWConfig ADAMW = new AdamWConfig(0.9, 0.999, 1e-8, 0.01);

    /** Between 1 and the next bfloat16 number, 1 + 1/128, at a quarter of the way. */
    private static final float QUARTER = 1 + 1f / 512;

    private final NDManager manager = TorchEngine.newManager();
    private final TwoWeights model = new TwoWeights(manager);

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void numbersAreRoundedToBothNeighboursAndKeepTheirMean() {
        NDArray rounded = rounded(7);
        assertThat(rounded.max().getFloat()).isEqualTo(1 + 1f / 128);
        assertThat(rounded.min().getFloat()).isEqualTo(1);
        // 200,000 numbers, of which 65,536 differ in how they are rounded: the error of the mean is 1.3e-5
        assertThat(rounded.mean().getFloat()).isEqualTo(QUARTER, within(6e-5f));
    }

    @Test
    void theSameSeedRoundsInTheSameWayAndAnotherInAnother() {
        assertThat(rounded(7).contentEquals(rounded(7))).isTrue();
        assertThat(rounded(7).contentEquals(rounded(8))).isFalse();
    }

    @Test
    void negativeNumbersAndZeroAreRoundedAlike() {
        NDArray halves = Aten.to(manager.zeros(new Shape(3)), Precision.BF16);
        NDArray values = TorchArray.of(manager, new float[] {-2, 0, 0.5f});
        TensorList.of(List.of(halves)).round(TensorList.of(List.of(values)), 1);
        assertThat(Aten.to(halves, Precision.FP32).toFloatArray()).containsExactly(-2, 0, 0.5f);
    }

    @Test
    void anAverageInHalfOfTheMemoryFollowsOnesOfManySteps() {
        model.w.value().set(manager.full(model.w.shape(), 3f).toByteBuffer());
        try (Ema ema = new Ema(model.parameters(), new EmaDecay(0.99), StateType.BF16)) {
            for (int i = 0; i < 1000; i++) {
                ema.update();
            }
            for (float value : Aten.to(ema.state().get("w"), Precision.FP32).toFloatArray()) {
                assertThat(value).isEqualTo(3, within(0.1f)); // rounded to the nearest, it would stop 0.78 away
            }
        }
    }

    @Test
    void weightsAreBackExactlyAfterTheirAveragesWereUsed() {
        float[] before = model.w.value().toFloatArray();
        try (Ema ema = new Ema(model.parameters(), new EmaDecay(0.999), StateType.BF16)) {
            float used = ema.applied(() -> model.w.value().getFloat(0, 0));
            assertThat(used).isEqualTo(before[0], within(Math.abs(before[0]) / 128));
        }
        assertThat(model.w.value().toFloatArray()).isEqualTo(before);
    }

    @Test
    void adamWWithAStateInHalfOfTheMemoryStaysNearTheUsualOne() {
        TwoWeights usual = new TwoWeights(manager);
        try (AdamW compact = new AdamW(model.parameters(), ADAMW, StateType.BF16);
                AdamW full = new AdamW(usual.parameters(), ADAMW)) {
            train(model, compact, 100);
            train(usual, full, 100);
        }
        float[] expected = usual.w.value().toFloatArray();
        float[] actual = model.w.value().toFloatArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isEqualTo(expected[i], within(0.05f));
        }
    }

    @Test
    void aResumedRunGoesOnExactly() {
        OptimizerConfig config = OptimizerConfig.DEFAULT.withRule(ADAMW).withStates(StateTypes.BF16);
        TwoWeights resumed = new TwoWeights(manager);
        try (Optimizer optimizer = new Optimizer(model.parameters(), config);
                Optimizer again = new Optimizer(resumed.parameters(), config)) {
            minimise(model, optimizer, 5);
            Map<String, NDArray> saved = widened(optimizer.state());
            resumed.w.value().set(model.w.value().toByteBuffer());
            resumed.b.value().set(model.b.value().toByteBuffer());
            again.restore(saved, widened(optimizer.ema().state()), optimizer.steps());
            minimise(model, optimizer, 5);
            minimise(resumed, again, 5);
            assertThat(resumed.w.value().toFloatArray())
                    .isEqualTo(model.w.value().toFloatArray());
            assertSame(again.state(), optimizer.state());
            assertSame(again.ema().state(), optimizer.ema().state());
        }
    }

    private NDArray rounded(long seed) {
        NDArray halves = Aten.to(manager.zeros(new Shape(2, 100_000)), Precision.BF16);
        NDArray values = manager.ones(new Shape(2, 100_000)).mul(QUARTER);
        TensorList.of(List.of(halves)).round(TensorList.of(List.of(values)), seed);
        return Aten.to(halves, Precision.FP32);
    }

    private static void train(TwoWeights model, AdamW adamW, int steps) {
        for (int i = 0; i < steps; i++) {
            model.backward();
            adamW.step(0.01);
            model.dropGradients();
        }
    }

    private static void minimise(TwoWeights model, Optimizer optimizer, int steps) {
        optimizer.setLearningRate(0.01);
        for (int i = 0; i < steps; i++) {
            optimizer.minimise(model::loss);
        }
    }

    private static Map<String, NDArray> widened(Map<String, NDArray> halves) {
        Map<String, NDArray> wide = new LinkedHashMap<>();
        halves.forEach((name, array) -> wide.put(name, Aten.to(array, Precision.FP32)));
        return wide;
    }

    private static void assertSame(Map<String, NDArray> actual, Map<String, NDArray> expected) {
        widened(expected)
                .forEach((name, array) ->
                        assertThat(widened(actual).get(name).toFloatArray()).isEqualTo(array.toFloatArray()));
    }
}
