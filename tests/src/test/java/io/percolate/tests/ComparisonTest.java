package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.comparison.ArmReport;
import io.percolate.pipeline.comparison.AutoencoderChoice;
import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonReport;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pixel space against latent space, in seconds. */
class ComparisonTest {

    private static final int STEPS = 8;
    private static final SampleBudget SAMPLES = new SampleBudget(3, 2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static TinyTraining training;
    private static ComparisonSettings settings;
    private static ComparisonReport report;

    @BeforeAll
    static void compare() {
        training = new TinyTraining(folder);
        training.draw();
        settings = settings(folder.resolve("comparison"), STEPS);
        report = Comparison.run(settings);
    }

    private static ComparisonSettings settings(Path out, int steps) {
        return new ComparisonSettings(
                training.data(),
                out,
                training.pixelRecipe(),
                new AutoencoderChoice.Trained(VaeRecipe.read(training.vaeRecipe())),
                new Budget.Steps(steps),
                SAMPLES);
    }

    @Test
    void bothArmsAreModelFoldersThatGenerate() {
        for (String arm : List.of("pixels", "latents")) {
            try (Pipeline pipeline = Pipeline.load(settings.out().resolve(arm))) {
                assertThat(pipeline.generate("a red ball").image().getWidth()).isEqualTo(16);
            }
            assertThat(TestFolders.files(settings.out().resolve("images-" + arm)))
                    .containsExactly("0000.png", "0001.png", "0002.png");
        }
    }

    @Test
    void theFolderHoldsTheReportItsGridAndItsPlot() {
        assertThat(TestFolders.files(settings.out()))
                .contains("comparison.json", "report.json", "report.md", "grid.png", "quality.png");
    }

    @Test
    void theAutoencoderHasItsShareOfTheLatentArmsTime() {
        assertThat(report.autoencoder().training().steps()).isEqualTo(STEPS / 4);
        assertThat(report.latents().training().steps()).isEqualTo(STEPS - STEPS / 4);
        assertThat(report.pixels().training().steps()).isEqualTo(STEPS);
        assertThat(report.pixels().training().images()).isEqualTo(4 * STEPS);
        assertThat(report.trainedOn()).isEqualTo(5);
    }

    @Test
    void theLatentDenoiserIsThatOfPixelsWithoutItsFinestLevels() {
        assertThat(report.pixels().parameters()).containsOnlyKeys("unet", "text_encoder_2");
        assertThat(report.latents().parameters()).containsOnlyKeys("unet", "text_encoder_2", "vae");
        assertThat(report.latents().parameters().get("unet"))
                .isLessThan(report.pixels().parameters().get("unet"));
        assertThat(report.latents().gflopPerPrediction())
                .isPositive()
                .isLessThan(report.pixels().gflopPerPrediction());
    }

    @Test
    void whatIsMeasuredIsPositive() {
        for (ArmReport arm : List.of(report.latents(), report.pixels())) {
            assertThat(arm.imagesPerSecond()).isPositive();
            assertThat(arm.secondsPerImage()).isPositive();
        }
        assertThat(report.quality().real().sides()).containsExactly(16);
        assertThat(report.quality().pixels().mean())
                .isGreaterThan(report.quality().real().mean());
    }

    @Test
    void theReportIsReadableForPeopleAndPrograms() throws IOException {
        assertThat(Files.readString(settings.out().resolve("report.md")))
                .isEqualTo(report.text())
                .contains("| | pixels | latents |", "| optimisation steps | 8 | 6 |", "| generated on pixels | ");
        assertThat(JSON.readTree(settings.out().resolve("report.json").toFile())
                        .path("pixels")
                        .path("training")
                        .path("steps")
                        .asInt())
                .isEqualTo(STEPS);
    }

    @Test
    void finishedStagesAreNotRepeated() throws IOException {
        Path copy = folder.resolve("copy");
        TestFolders.copy(settings.out(), copy);
        Path stages = copy.resolve("comparison.json");
        ObjectNode finished = (ObjectNode) JSON.readTree(stages.toFile());
        finished.remove(List.of("generate pixels", "quality"));
        JSON.writeValue(stages.toFile(), finished);
        Path regenerated = copy.resolve("images-pixels/0001.png");
        byte[] before = Files.readAllBytes(regenerated);
        Files.delete(regenerated);
        Path untouched = copy.resolve("images-latents/0001.png");
        Files.write(untouched, Files.readAllBytes(copy.resolve("images-latents/0002.png")));

        ComparisonReport again = Comparison.run(settings(copy, STEPS));

        assertThat(again.pixels().training()).isEqualTo(report.pixels().training());
        assertThat(again.quality().pixels()).isEqualTo(report.quality().pixels());
        assertThat(again.quality().latents()).isNotEqualTo(report.quality().latents());
        assertThat(Files.readAllBytes(regenerated)).isEqualTo(before);
    }

    @Test
    void anotherComparisonInTheSameFolderIsRefused() {
        assertThatThrownBy(() -> Comparison.run(settings(settings.out(), STEPS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("began with budget 8 steps, not 9 steps");
    }

    @Test
    void aFolderOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> Comparison.run(settings(training.data(), STEPS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds something else than a comparison");
    }

    @Test
    void tooFewImagesAreRefusedBeforeAnythingIsDone() {
        Path out = folder.resolve("refused");
        ComparisonSettings many = new ComparisonSettings(
                training.data(),
                out,
                settings.recipe(),
                settings.autoencoder(),
                settings.budget(),
                new SampleBudget(5, 2));
        assertThatThrownBy(() -> Comparison.run(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 8 images")
                .hasMessageContaining("generate 4 or fewer");
        assertThat(out).doesNotExist();
    }

    @Test
    void aRecipeThatDoesNotFitIsRefusedBeforeAnythingIsDone() {
        Path out = folder.resolve("unfit");
        DiffusionRecipe latentRecipe =
                settings.recipe().inLatents(settings.autoencoder().config());
        ComparisonSettings unfit = new ComparisonSettings(
                training.data(), out, latentRecipe, settings.autoencoder(), settings.budget(), SAMPLES);
        assertThatThrownBy(() -> Comparison.run(unfit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 4 to 4 channels but pixels have 3");
        assertThat(out).doesNotExist();
    }

    @Test
    void imagesWithoutCaptionsAreComparedToo() {
        ComparisonSettings silent = new ComparisonSettings(
                training.data(),
                folder.resolve("silent"),
                settings.recipe().withoutText(),
                settings.autoencoder(),
                new Budget.Steps(1),
                SAMPLES);
        assertThat(Comparison.run(silent).pixels().parameters()).containsOnlyKeys("unet");
    }
}
