package io.percolate.pipeline.training.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTrainerTest {

    private static final int STEPS = 20;
    private static final int ROUNDS = 9;
    private static final int INNER = 2;
    private static final ParallelPlan TWO = new ParallelPlan(ParallelMode.LOCAL, 2, WireType.BF16);

    @TempDir
    private Path folder;

    @Test
    void oneWorkerEqualsTheOuterOptimizerOfOneMachine() {
        TinyShared training = new TinyShared(folder, "{}");
        training.alone("alone", 4 * INNER);
        ParallelPlan one = new ParallelPlan(ParallelMode.LOCAL, 1, WireType.FP32);
        training.shared("shared", one, 4 * INNER, HereWorkers.undisturbed());
        assertSame(training, "shared", "alone", "weights");
        assertSame(training, "shared", "alone", "averages");
    }

    @Test
    void synchronousWorkersEqualOneMachineWithTheWholeBatch() {
        TinyShared training = new TinyShared(folder, "{\"outer\": null, \"training\": {\"optimizer\": \"adamw\"}}");
        training.alone("alone", STEPS);
        ParallelPlan plan = new ParallelPlan(ParallelMode.SYNCHRONOUS, 2, WireType.FP32);
        training.shared("shared", plan, STEPS, HereWorkers.undisturbed());
        assertThat(largestDifference(training.saved("shared", "weights"), training.saved("alone", "weights")))
                .isLessThan(1e-5f);
    }

    /** Where even the order of the additions is the same, so is every bit. */
    @Test
    void synchronousWorkersEqualTheMicroBatchesOfOneMachine() {
        TinyShared training = new TinyShared(folder, "{\"outer\": null, \"training\": {\"micro_batch\": 2}}");
        training.alone("alone", STEPS);
        ParallelPlan plan = new ParallelPlan(ParallelMode.SYNCHRONOUS, 2, WireType.FP32);
        training.shared("shared", plan, STEPS, HereWorkers.killedIn(7));
        assertSame(training, "shared", "alone", "weights");
        assertSame(training, "shared", "alone", "averages");
    }

    @Test
    void aKilledWorkerLeavesNoTrace() {
        TinyShared training = new TinyShared(folder, "{}");
        training.shared("undisturbed", TWO, ROUNDS * INNER, HereWorkers.undisturbed());
        training.shared("killed", TWO, ROUNDS * INNER, HereWorkers.killedIn(7));
        assertSame(training, "killed", "undisturbed", "weights");
        assertSame(training, "killed", "undisturbed", "averages");
    }

    @Test
    void aKilledDriverGoesOnAsIfNothingHadHappened() {
        TinyShared training = new TinyShared(folder, "{}");
        training.shared("undisturbed", TWO, 8 * INNER, HereWorkers.undisturbed());
        assertThatThrownBy(() -> training.shared("killed", TWO, 8 * INNER, HereWorkers.withoutDriverIn(5)))
                .hasMessage("the driver is killed");
        training.shared("killed", TWO, 8 * INNER, HereWorkers.undisturbed(), true);
        assertSame(training, "killed", "undisturbed", "weights");
        assertSame(training, "killed", "undisturbed", "optimizer");
    }

    @Test
    void aSynchronousSumIsNotRounded() {
        assertThatThrownBy(() -> new ParallelPlan(ParallelMode.SYNCHRONOUS, 2, WireType.BF16))
                .hasMessageContaining("fp32, not bf16");
    }

    private static void assertSame(TinyShared training, String one, String other, String group) {
        Map<String, float[]> expected = training.saved(other, group);
        Map<String, float[]> actual = training.saved(one, group);
        assertThat(actual).isNotEmpty().containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, numbers) -> assertThat(actual.get(name)).as(name).isEqualTo(numbers));
    }

    private static float largestDifference(Map<String, float[]> one, Map<String, float[]> other) {
        float largest = 0;
        for (String name : other.keySet()) {
            for (int i = 0; i < other.get(name).length; i++) {
                largest = Math.max(largest, Math.abs(one.get(name)[i] - other.get(name)[i]));
            }
        }
        return largest;
    }
}
