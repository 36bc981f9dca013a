package io.percolate.pipeline.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.SavePlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

    private static final TrainingPlan PLAN = TrainingPlan.DEFAULT.withOptimizer(
            OptimizerPlan.DEFAULT.withLearningRate(new LearningRate(0.05, 2, Decay.COSINE)));

    private static final TrainingPlan SAVED_AT_EVERY_STEP = PLAN.withSaving(new SavePlan(1e-9, 5));

    @TempDir
    private Path folder;

    @Test
    void aKilledRunGoesOnAsIfNothingHadHappened() {
        try (LineTask uninterrupted = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(uninterrupted, "whole", 40, false);
            try (LineTask killed = new LineTask(PLAN, 25)) {
                assertThatThrownBy(() -> train(killed, SAVED_AT_EVERY_STEP, "parts", 40, false))
                        .isInstanceOf(TrainingException.class);
            }
            try (LineTask resumed = new LineTask(PLAN, Long.MAX_VALUE)) {
                train(resumed, "parts", 40, true);
                assertThat(resumed.weights()).isEqualTo(uninterrupted.weights());
            }
        }
    }

    @Test
    void aLossThatIsNotANumberStopsTheRunAndKeepsTheLastGoodCheckpoint() {
        try (LineTask broken = new LineTask(PLAN, 5)) {
            assertThatThrownBy(() -> train(broken, SAVED_AT_EVERY_STEP, "broken", 40, false))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("step 5")
                    .hasMessageContaining("NaN")
                    .hasMessageContaining("resume");
            for (float weight : broken.weights()) {
                assertThat(weight).isFinite();
            }
        }
        assertThat(folder.resolve("broken/checkpoint.safetensors")).exists();
    }

    @Test
    void theRunFolderHoldsModelLogPlotAndSample() throws IOException {
        try (LineTask task = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(task, "run", 60, false);
        }
        assertThat(folder.resolve("run/model")).exists();
        assertThat(folder.resolve("run/loss.png")).exists();
        assertThat(folder.resolve("run/samples/step-0000060.png")).exists();
        assertThat(Files.readAllLines(folder.resolve("run/log.jsonl")))
                .hasSize(27)
                .anyMatch(line -> line.contains("\"step\":25.0"))
                .anyMatch(line -> line.contains("\"step\":50.0"))
                .last()
                .asString()
                .contains("\"step\":60.0", "\"loss\":", "\"learning_rate\":", "\"gradient_norm\":");
    }

    @Test
    void aCheckpointOfAnotherModelIsRefused() {
        try (LineTask task = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(task, "run", 3, false);
            task.parameters().get("bias").close();
        }
        TrainingPlan withoutMuon = PLAN.withOptimizer(PLAN.optimizer().withChoice(OptimizerPlan.Choice.ADAMW));
        try (LineTask task = new LineTask(withoutMuon, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> new TrainingLoop(
                                    task, withoutMuon, folder.resolve("run"), session(5, true, TrainingListener.NONE))
                            .run())
                    .hasMessageContaining("weight.exp_avg is missing");
        }
    }

    @Test
    void aCheckpointOfOtherSizesIsRefusedBeforeAnythingIsChanged() {
        try (LineTask task = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(task, "run", 3, false);
        }
        try (LineTask wider = new LineTask(PLAN, 4, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> train(wider, "run", 5, true))
                    .hasMessageContaining("belongs to another model than the recipe describes");
        }
    }

    @Test
    void aListenerSeesStepsAndSavesAndMayStop() {
        List<Long> steps = new ArrayList<>();
        List<Long> saves = new ArrayList<>();
        List<TrainingResult> results = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                assertThat(progress.loss())
                        .isEqualTo(progress.values().get("loss"))
                        .isPositive();
                assertThat(progress.spent()).isEqualTo(progress.step() / 10.0);
                steps.add(progress.step());
                if (progress.step() == 3) {
                    progress.stop();
                }
            }

            @Override
            public void saved(long step, Path run) {
                assertThat(run.resolve("checkpoint.safetensors")).exists();
                saves.add(step);
            }

            @Override
            public void finished(TrainingResult result) {
                results.add(result);
            }
        };
        TrainingResult result;
        try (LineTask task = new LineTask(PLAN, Long.MAX_VALUE)) {
            result = new TrainingLoop(task, PLAN, folder.resolve("run"), session(10, false, listener)).run();
        }
        assertThat(steps).containsExactly(1L, 2L, 3L);
        assertThat(saves).contains(3L);
        assertThat(results).containsExactly(result);
        assertThat(result.finished()).isFalse();
    }

    private void train(LineTask task, String run, long steps, boolean resume) {
        train(task, PLAN, run, steps, resume);
    }

    private void train(LineTask task, TrainingPlan plan, String run, long steps, boolean resume) {
        new TrainingLoop(task, plan, folder.resolve(run), session(steps, resume, TrainingListener.NONE)).run();
    }

    private static TrainingSession session(long steps, boolean resume, TrainingListener listener) {
        return new TrainingSession(new Budget.Steps(steps), resume, listener);
    }
}
