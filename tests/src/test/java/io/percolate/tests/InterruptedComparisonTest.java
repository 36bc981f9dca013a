package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread of a comparison is interrupted in the middle of a training. */
class InterruptedComparisonTest {

    private static final int STEPS = 4;

    /** Of the autoencoder a quarter, of the denoiser in its latents the rest, and on pixels all. */
    private static final int ALL_STEPS = 2 * STEPS;

    @TempDir
    private Path folder;

    private TinyTraining training;
    private int steps;

    @BeforeEach
    void draw() {
        training = new TinyTraining(folder);
        training.draw();
    }

    @Test
    void everyStepIsTakenOnceHoweverOftenTheComparisonIsInterrupted() {
        for (int last : new int[] {2, 6}) {
            try {
                assertThatThrownBy(() -> compare(last))
                        .isInstanceOf(CancelledException.class)
                        .hasMessageContaining("interrupted");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(steps).isEqualTo(last);
            assertThat(TestFolders.files(out()))
                    .contains("comparison.json")
                    .doesNotContain("report.json")
                    .noneMatch(file -> file.endsWith(".partial") || file.endsWith(".lock"));
        }
        compare(Integer.MAX_VALUE);
        assertThat(steps).isEqualTo(ALL_STEPS);
        assertThat(out().resolve("report.json")).exists();
    }

    private void compare(int last) {
        ComparisonSettings settings = new ComparisonSettings(
                training.data(),
                out(),
                List.of(
                        ArmRecipe.pixels(training.pixelRecipe()),
                        ArmRecipe.latents(
                                training.pixelRecipe(),
                                new AutoencoderChoice.Trained(VaeRecipe.read(training.vaeRecipe())))),
                ComparisonPlan.once(new Budget.Steps(STEPS)),
                new SampleBudget(2, 1),
                Optional.empty());
        Comparison.run(settings, interrupting(last));
    }

    private TrainingListener interrupting(int last) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                if (++steps == last) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private Path out() {
        return folder.resolve("comparison");
    }
}
