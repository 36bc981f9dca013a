package io.percolate.pipeline.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.CancelledException;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.nn.optim.OuterConfig;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.SavePlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

    private static final TrainingPlan PLAN = TrainingPlan.DEFAULT.withOptimizer(
            OptimizerPlan.DEFAULT.withLearningRate(new LearningRate(0.05, 2, Decay.COSINE)));

    private static final TrainingPlan SAVED_AT_EVERY_STEP = PLAN.withSaving(new SavePlan(1e-9, 5, ValidationPlan.NONE));

    @TempDir
    private Path folder;

    @Test
    void aKilledRunGoesOnAsIfNothingHadHappened() {
        assertGoesOnAsIfNothingHadHappened(PLAN);
    }

    /** It is killed within a round: after step 25, with outer steps after 18 and 27. */
    @Test
    void aKilledRunWithOuterStepsGoesOnAsIfNothingHadHappened() {
        OptimizerPlan outer = PLAN.optimizer().withOuter(Optional.of(new OuterConfig(9, 0.7, 0.9)));
        assertGoesOnAsIfNothingHadHappened(PLAN.withOptimizer(outer));
    }

    private void assertGoesOnAsIfNothingHadHappened(TrainingPlan plan) {
        try (LineTask uninterrupted = new LineTask(plan, Long.MAX_VALUE)) {
            train(uninterrupted, "whole", 40, false);
            try (LineTask killed = new LineTask(plan, 25)) {
                assertThatThrownBy(() -> train(killed, SAVED_AT_EVERY_STEP, "parts", 40, false))
                        .isInstanceOf(TrainingException.class);
            }
            try (LineTask resumed = new LineTask(plan, Long.MAX_VALUE)) {
                train(resumed, "parts", 40, true);
                assertThat(resumed.weights()).isEqualTo(uninterrupted.weights());
                assertThat(resumed.optimizer().ema().state().get("weight"))
                        .isEqualTo(uninterrupted.optimizer().ema().state().get("weight"));
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

    @Test
    void aResumedRunHasTheLogOfTheUndisturbedOne() throws IOException {
        try (LineTask uninterrupted = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(uninterrupted, "whole", 60, false);
        }
        for (int killed : new int[] {2, 30, 32}) {
            TrainingPlan plan =
                    killed == 30 ? PLAN.withSaving(new SavePlan(1e-3, 5, ValidationPlan.NONE)) : SAVED_AT_EVERY_STEP;
            try (LineTask task = new LineTask(PLAN, killed)) {
                assertThatThrownBy(() -> train(task, plan, "parts", 60, killed > 2))
                        .isInstanceOf(TrainingException.class);
            }
            Files.writeString(log("parts"), "{\"step\": 63", StandardOpenOption.APPEND);
        }
        try (LineTask resumed = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(resumed, "parts", 60, true);
        }
        assertThat(withoutTimes(log("parts"))).isEqualTo(withoutTimes(log("whole")));
    }

    @Test
    void theShareOfAStepThatWaitsForImagesIsInTheLog() throws IOException {
        try (LineTask quick = new LineTask(PLAN, Long.MAX_VALUE);
                LineTask slow = new LineTask(PLAN, Long.MAX_VALUE).waiting(0.02)) {
            train(quick, "quick", 3, false);
            train(slow, "slow", 3, false);
        }
        assertThat(TrainingLog.read(log("quick"))).hasSize(3).allMatch(entry -> entry.get("data_wait") == 0);
        assertThat(TrainingLog.read(log("slow")))
                .hasSize(3)
                .allMatch(entry -> entry.get("data_wait") > 0 && entry.get("data_wait") < 1);
    }

    @Test
    void aStoppedRunHasTheLogOfTheUndisturbedOne() throws IOException {
        try (LineTask uninterrupted = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(uninterrupted, "whole", 80, false);
        }
        try (LineTask stopped = new LineTask(PLAN, Long.MAX_VALUE)) {
            new TrainingLoop(stopped, PLAN, folder.resolve("parts"), session(80, false, at(41, TrainingProgress::stop)))
                    .run();
        }
        try (LineTask resumed = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(resumed, "parts", 80, true);
        }
        assertThat(withoutTimes(log("parts"))).isEqualTo(withoutTimes(log("whole")));
    }

    @Test
    void anInterruptedRunKeepsACheckpointAndStaysInterrupted() {
        TrainingListener interrupter = at(7, progress -> Thread.currentThread().interrupt());
        try (LineTask task = new LineTask(PLAN, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> new TrainingLoop(
                                    task, SAVED_AT_EVERY_STEP, folder.resolve("run"), session(20, false, interrupter))
                            .run())
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("interrupted")
                    .hasMessageContaining("after step 7");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        try (LineTask uninterrupted = new LineTask(PLAN, Long.MAX_VALUE);
                LineTask resumed = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(uninterrupted, "whole", 20, false);
            List<Long> steps = new ArrayList<>();
            TrainingListener counter = noting(steps);
            new TrainingLoop(resumed, PLAN, folder.resolve("run"), session(20, true, counter)).run();
            assertThat(steps).startsWith(8L).hasSize(13);
            assertThat(resumed.weights()).isEqualTo(uninterrupted.weights());
        }
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws IOException {
        try (LineTask uninterrupted = new LineTask(PLAN, Long.MAX_VALUE);
                LineTask stopped = new LineTask(PLAN, 4);
                LineTask resumed = new LineTask(PLAN, Long.MAX_VALUE)) {
            train(uninterrupted, "whole", 20, false);
            assertThatThrownBy(() -> train(stopped, SAVED_AT_EVERY_STEP, "run", 20, false))
                    .isInstanceOf(TrainingException.class);
            Path newest = folder.resolve("run/checkpoint.safetensors");
            byte[] damaged = Files.readAllBytes(newest);
            damaged[damaged.length - 1] ^= 1;
            Files.write(newest, damaged);
            train(resumed, "run", 20, true);
            assertThat(resumed.weights()).isEqualTo(uninterrupted.weights());
        }
    }

    @Test
    void aCheckpointThatCannotBeWrittenLeavesTheLastTwo() throws IOException {
        CheckpointFiles files = new CheckpointFiles(folder);
        for (String content : List.of("first", "second", "third")) {
            files.save(file -> write(file, content));
        }
        assertThatThrownBy(() -> files.save(file -> {
                    write(file, "fourth");
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }))
                .hasMessageContaining("No space left on device");
        assertThat(files.newest()).hasContent("third");
        assertThat(files.previous()).hasContent("second");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(files.newest(), files.previous());
        }
    }

    @Test
    void twoTrainingsInOneFolderRefuseEachOther() {
        Path run = folder.resolve("run");
        RunLock.holding(run, () -> {
            assertThatThrownBy(() -> RunLock.holding(run, () -> "never"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another training is at work in " + run);
            return "done";
        });
        assertThat(run).doesNotExist();
        assertThat(RunLock.holding(run, () -> "again")).isEqualTo("again");
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(String run) {
        return folder.resolve(run).resolve("log.jsonl");
    }

    /** The lines of a log but for what no two runs have in common. */
    private static List<String> withoutTimes(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceAll("\"(seconds|images_per_second)\":[^,}]*", ""))
                .toList();
    }

    /** Does something after one step. */
    private static TrainingListener at(long step, Consumer<TrainingProgress> action) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                if (progress.step() == step) {
                    action.accept(progress);
                }
            }
        };
    }

    /** Notes every step. */
    private static TrainingListener noting(List<Long> steps) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                steps.add(progress.step());
            }
        };
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
