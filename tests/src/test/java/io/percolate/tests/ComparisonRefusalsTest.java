package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.comparison.Equality;
import io.percolate.pipeline.comparison.arms.ArmFile;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingClock;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons that are refused before anything is trained. */
class ComparisonRefusalsTest {

    private static final Budget EIGHT = new Budget.Steps(8);
    private static final ComparisonPlan ONCE = ComparisonPlan.once(EIGHT);

    @TempDir
    private Path folder;

    private TinyTraining training;

    @BeforeEach
    void draw() {
        training = new TinyTraining(folder);
        training.draw();
    }

    private ComparisonSettings settings(Path out, List<ArmRecipe> arms, ComparisonPlan plan) {
        return new ComparisonSettings(training.data(), out, arms, plan, new SampleBudget(3, 2), Optional.empty());
    }

    private List<ArmRecipe> arms() {
        return List.of(
                ArmRecipe.pixels(training.pixelRecipe()), ArmRecipe.latents(training.pixelRecipe(), autoencoder()));
    }

    private AutoencoderChoice autoencoder() {
        return new AutoencoderChoice.Trained(VaeRecipe.read(training.vaeRecipe()));
    }

    @Test
    void anotherComparisonInTheSameFolderIsRefused() {
        Path out = folder.resolve("comparison");
        assertThatThrownBy(() -> Comparison.run(settings(out, arms(), ONCE), failing()))
                .hasMessage("as if it were killed");
        ComparisonPlan more = ComparisonPlan.once(new Budget.Steps(9));
        assertThatThrownBy(() -> Comparison.run(settings(out, arms(), more)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("began with budget 8 steps, not 9 steps");
        ComparisonPlan processor = new ComparisonPlan(EIGHT, Equality.TIME, 1, TrainingClock.PROCESSOR);
        assertThatThrownBy(() -> Comparison.run(settings(out, arms(), processor)))
                .hasMessageContaining("began with clock wall, not processor");
    }

    private static TrainingListener failing() {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                throw new IllegalStateException("as if it were killed");
            }
        };
    }

    @Test
    void aFolderOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> Comparison.run(settings(training.data(), arms(), ONCE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds something else than a comparison");
    }

    @Test
    void tooFewImagesAreRefusedBeforeAnythingIsDone() {
        Path out = folder.resolve("refused");
        ComparisonSettings many =
                new ComparisonSettings(training.data(), out, arms(), ONCE, new SampleBudget(5, 2), Optional.empty());
        assertThatThrownBy(() -> Comparison.run(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 8 images")
                .hasMessageContaining("generate 4 or fewer");
        assertThat(out).doesNotExist();
    }

    @Test
    void aRecipeThatDoesNotFitIsRefusedBeforeAnythingIsDone() {
        Path out = folder.resolve("unfit");
        ArmRecipe latents = ArmRecipe.latents(training.pixelRecipe(), autoencoder());
        DiffusionRecipe latentRecipe =
                training.pixelRecipe().inLatents(autoencoder().config());
        DiffusionRecipe large = latentRecipe.withUnet(latentRecipe.unet().withSampleSize(16));
        ComparisonSettings unfit = settings(out, List.of(ArmRecipe.pixels(large), latents), ONCE);
        assertThatThrownBy(() -> Comparison.run(unfit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 4 to 4 channels but pixels have 3");
        assertThat(out).doesNotExist();
    }

    @Test
    void armsThatCannotBeComparedAreRefusedByName() throws IOException {
        Path file = Files.writeString(
                folder.resolve("large.json"),
                """
                {"name": "large", "space": "pixels", "recipe": {"unet": {"sample_size": 32}}}
                """);
        ArmFile reader = new ArmFile(training.data(), training.pixelRecipe(), autoencoder());
        List<ArmRecipe> sizes = List.of(arms().get(0), reader.read(file));
        assertThatThrownBy(() -> settings(folder.resolve("none"), sizes, ONCE))
                .hasMessageContaining("arm large has images of 32x32 but arm pixels of 16x16");
        Path other = Files.writeString(
                folder.resolve("other.json"),
                """
                {"name": "other", "space": "pixels", "data": "elsewhere"}
                """);
        assertThatThrownBy(() -> reader.read(other))
                .hasMessageContaining("arm other is meant for the images in elsewhere");
        List<ArmRecipe> twice = List.of(arms().get(0), arms().get(0));
        assertThatThrownBy(() -> settings(folder.resolve("none"), twice, ONCE))
                .hasMessageContaining("two arms are called pixels");
    }
}
