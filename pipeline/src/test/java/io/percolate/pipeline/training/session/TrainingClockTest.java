package io.percolate.pipeline.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingClockTest {

    private static final double WAIT = 0.05;

    @TempDir
    private Path folder;

    @Test
    void waitingTakesNoProcessorTime() throws IOException {
        TrainingResult result = train(new Budget.Steps(20), WAIT, TrainingClock.PROCESSOR, TrainingListener.NONE);
        List<Map<String, Double>> log = TrainingLog.read(folder.resolve("log.jsonl"));
        assertThat(result.seconds()).isPositive().isLessThan(20 * WAIT);
        assertThat(log.get(log.size() - 1).get("seconds")).isGreaterThanOrEqualTo(Math.floor(20 * WAIT));
    }

    @Test
    void aBudgetOfProcessorTimeIsThatOfAllSessionsTogether() {
        Budget second = new Budget.Minutes(1 / 60.0);
        TrainingResult half = train(second, 0, TrainingClock.PROCESSOR, stoppingAt(0.5));
        assertThat(half.seconds()).isGreaterThanOrEqualTo(0.5);
        TrainingResult whole = train(second, 0, TrainingClock.PROCESSOR, TrainingListener.NONE);
        assertThat(whole.seconds()).isBetween(1.0, 1.0 + half.seconds());
        TrainingResult again = train(second, 0, TrainingClock.PROCESSOR, TrainingListener.NONE);
        assertThat(again.steps()).isEqualTo(whole.steps());
    }

    @Test
    void anotherClockIsRefusedOnResumeByName() {
        train(new Budget.Steps(1), 0, TrainingClock.PROCESSOR, TrainingListener.NONE);
        assertThatThrownBy(() -> train(new Budget.Steps(2), 0, TrainingClock.WALL, TrainingListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by the clock processor, not wall");
    }

    @Test
    void processorTimeIsRefusedWhereAnotherDeviceComputes() {
        assertThatThrownBy(() -> TrainingClock.PROCESSOR.requireCounts(Device.gpu()))
                .hasMessageContaining("the clock processor does not count what gpu(0) computes");
    }

    @Test
    void threadsAreThoseThatComputeAtOnce() {
        assertThat(TrainingClock.threads("2", 8)).isEqualTo(2);
        assertThat(TrainingClock.threads("16", 8)).isEqualTo(8);
        assertThat(TrainingClock.threads("", 8)).isEqualTo(8);
        assertThat(TrainingClock.threads("2,1", 8)).isEqualTo(8);
    }

    private TrainingResult train(Budget budget, double wait, TrainingClock clock, TrainingListener listener) {
        TrainingSession session = new TrainingSession(budget, true, listener, clock);
        try (LineTask task = new LineTask(TrainingPlan.DEFAULT, Long.MAX_VALUE).waiting(wait)) {
            return new TrainingLoop(task, TrainingPlan.DEFAULT, folder, session).run();
        }
    }

    private static TrainingListener stoppingAt(double spent) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                if (progress.spent() >= spent) {
                    progress.stop();
                }
            }
        };
    }
}
