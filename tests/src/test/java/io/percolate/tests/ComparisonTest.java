package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.comparison.Equality;
import io.percolate.pipeline.comparison.arms.ArmFile;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.comparison.report.ArmReport;
import io.percolate.pipeline.comparison.report.ComparisonReport;
import io.percolate.pipeline.comparison.report.QualityPoint;
import io.percolate.pipeline.comparison.report.RunReport;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.evaluation.features.FeatureChoice;
import io.percolate.pipeline.score.RatePoint;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingClock;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

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
        return settings(out, arms(training.pixelRecipe()), steps, SAMPLES);
    }

    private static ComparisonSettings settings(Path out, List<ArmRecipe> arms, int steps, SampleBudget samples) {
        ComparisonPlan plan = ComparisonPlan.once(new Budget.Steps(steps));
        return new ComparisonSettings(training.data(), out, arms, plan, samples, Optional.empty());
    }

    private static List<ArmRecipe> arms(DiffusionRecipe recipe) {
        return List.of(ArmRecipe.pixels(recipe), ArmRecipe.latents(recipe, autoencoder()));
    }

    private static AutoencoderChoice autoencoder() {
        return new AutoencoderChoice.Trained(VaeRecipe.read(training.vaeRecipe()));
    }

    private static ArmReport pixels() {
        return report.arms().get("pixels");
    }

    private static ArmReport latents() {
        return report.arms().get("latents");
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
    void theFolderHoldsTheReportItsGridsAndItsPlot() {
        assertThat(TestFolders.files(settings.out()))
                .contains("comparison.json", "report.json", "report.md", "report.html")
                .contains("grid.png", "trained.png", "quality.png");
    }

    @Test
    void theAutoencoderHasItsShareOfTheLatentArmsTime() {
        assertThat(latents().autoencoder().training().steps()).isEqualTo(STEPS / 4);
        assertThat(latents().first().training().steps()).isEqualTo(STEPS - STEPS / 4);
        assertThat(pixels().first().training().steps()).isEqualTo(STEPS);
        assertThat(pixels().first().training().images()).isEqualTo(4 * STEPS);
        assertThat(report.setup().trainedOn()).isEqualTo(5);
    }

    @Test
    void theLatentDenoiserIsThatOfPixelsWithoutItsFinestLevels() {
        assertThat(pixels().parameters()).containsOnlyKeys("unet", "text_encoder_2");
        assertThat(latents().parameters()).containsOnlyKeys("unet", "text_encoder_2", "vae");
        assertThat(latents().parameters().get("unet"))
                .isLessThan(pixels().parameters().get("unet"));
        assertThat(latents().gflopPerPrediction()).isPositive().isLessThan(pixels().gflopPerPrediction());
    }

    @Test
    void whatIsMeasuredIsPositive() {
        for (ArmReport arm : List.of(latents(), pixels())) {
            assertThat(arm.first().imagesPerSecond()).isPositive();
            assertThat(arm.first().generation().secondsPerImage()).isPositive();
        }
        assertThat(report.real().patches().sides()).containsExactly(16);
        assertThat(pixels().distance().mean()).isGreaterThan(report.real().distance());
    }

    @Test
    void theReportIsReadableForPeopleAndPrograms() throws IOException {
        assertThat(Files.readString(settings.out().resolve("report.md")))
                .isEqualTo(report.text())
                .contains("| | pixels | latents |", "| optimisation steps | 8 | 6 |", "| generated by pixels | ");
        assertThat(JSON.readTree(settings.out().resolve("report.json").toFile())
                        .path("arms")
                        .path("pixels")
                        .path("runs")
                        .path(0)
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
        finished.remove(List.of("generate pixels", "quality pixels", "quality latents"));
        JSON.writeValue(stages.toFile(), finished);
        Path regenerated = copy.resolve("images-pixels/0001.png");
        byte[] before = Files.readAllBytes(regenerated);
        Files.delete(regenerated);
        Path untouched = copy.resolve("images-latents/0001.png");
        Files.write(untouched, Files.readAllBytes(copy.resolve("images-latents/0002.png")));

        ComparisonReport again = Comparison.run(settings(copy, STEPS));

        RunReport onPixels = again.arms().get("pixels").first();
        assertThat(onPixels.training()).isEqualTo(pixels().first().training());
        assertThat(onPixels.quality()).isEqualTo(pixels().first().quality());
        assertThat(again.arms().get("latents").first().quality())
                .isNotEqualTo(latents().first().quality());
        assertThat(Files.readAllBytes(regenerated)).isEqualTo(before);
    }

    @Test
    void aComparisonThatIsKilledAgainAndAgainEndsWithTheSameModels() {
        Path out = folder.resolve("killed");
        for (int steps : List.of(1, 4, 8)) {
            assertThatThrownBy(() -> Comparison.run(settings(out, STEPS), new Death(steps)))
                    .isInstanceOf(Death.Killed.class);
        }
        ComparisonReport again = Comparison.run(settings(out, STEPS));
        assertThat(again.arms().get("latents").first().quality())
                .isEqualTo(latents().first().quality());
        for (String model : List.of("pixels", "latents")) {
            Path weights = Path.of(model, "unet/diffusion_pytorch_model.safetensors");
            assertThat(out.resolve(weights))
                    .hasSameBinaryContentAs(settings.out().resolve(weights));
        }
    }

    /** Ends a comparison after so many steps of its trainings, as if it were killed: nothing is saved. */
    private static final class Death implements TrainingListener {

        private int left;

        Death(int steps) {
            left = steps;
        }

        @Override
        public void stepped(TrainingProgress progress) {
            if (--left == 0) {
                throw new Killed();
            }
        }

        private static final class Killed extends Error {

            private static final long serialVersionUID = 1;
        }
    }

    @Test
    void imagesWithoutCaptionsAreComparedTooByFeaturesOfTheirOwn() {
        ComparisonSettings silent = new ComparisonSettings(
                training.data(),
                folder.resolve("silent"),
                arms(training.pixelRecipe().withoutText()),
                ComparisonPlan.once(new Budget.Steps(1)),
                new SampleBudget(4, 1),
                Optional.of(new FeatureChoice.Own(2)));
        ComparisonReport report = Comparison.run(silent);
        assertThat(report.real().features().images()).isEqualTo(4);
        assertThat(report.text())
                .contains(
                        "| kernel distance x 1000 | ",
                        "no Frechet distance: 4 images but 64 features, take at least 65");
        assertThat(report.arms().get("pixels").parameters()).containsOnlyKeys("unet");
        assertThat(report.arms().get("pixels").first().retrieval()).isNull();
    }

    @Test
    void qualityIsMeasuredOnTheWayFromNoiseToTheEnd() {
        assertThat(pixels().first().along())
                .extracting(QualityPoint::spent)
                .containsExactly(0.0, 1 / 16.0, 1 / 4.0, 1 / 2.0, 1.0);
        assertThat(latents().first().along()).extracting(QualityPoint::spent).containsExactly(0.0, 1 / 2.0, 1.0);
        QualityPoint end = latents().first().along().get(2);
        assertThat(end.images()).isEqualTo(4 * STEPS);
        assertThat(end.seconds()).isGreaterThan(latents().first().training().seconds());
        assertThat(end.gflop()).isPositive();
    }

    @Test
    void bitsOfBothArmsAreThoseOfPixels() {
        for (ArmReport arm : List.of(pixels(), latents())) {
            List<RatePoint> points = arm.first().rate().points();
            assertThat(points).extracting(RatePoint::rate).isSorted();
            assertThat(points)
                    .allSatisfy(point -> assertThat(point.distortion()).isPositive());
        }
        assertThat(pixels().first().rate().autoencoder()).isNull();
        assertThat(latents().first().rate().autoencoder().distortion()).isPositive();
        assertThat(TestFolders.files(settings.out().resolve("film-latents"))).contains("0-0000.png", "1-0000.png");
    }

    @Test
    void captionsOfTrainedImagesAreLookedFor() {
        assertThat(pixels().first().retrieval().queries()).isEqualTo(3);
        assertThat(pixels().first().retrieval().candidates()).isEqualTo(6);
    }

    @Test
    void whatHasNotLearnedIsNotRanked() {
        assertThat(report.claim()).contains("there is nothing to rank", "pixels has not learned yet");
    }

    @Test
    void thePageNeedsNothingButItself() throws Exception {
        String page = Files.readString(settings.out().resolve("report.html"));
        assertThat(page)
                .contains("<svg", "data:image/png;base64,", report.claim())
                .doesNotContain("http://", "https://", "<script", "url(");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(
                        new StringReader(page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6))));
    }

    @Test
    void armsOfTwoSeedsAndEqualImagesAreComparedWithErrorBars() throws IOException {
        Path file = Files.writeString(
                folder.resolve("v.json"),
                """
                {"name": "v-latents", "space": "latents", "recipe": {"scheduler": {"prediction_type": "v_prediction"}}}
                """);
        ArmFile reader = new ArmFile(training.data(), training.pixelRecipe(), autoencoder());
        List<ArmRecipe> arms = List.of(settings.arms().get(0), reader.read(file));
        ComparisonPlan plan = new ComparisonPlan(new Budget.Steps(4), Equality.IMAGES, 2, TrainingClock.PROCESSOR);
        Path out = folder.resolve("seeds");
        SampleBudget samples = new SampleBudget(2, 1);
        ComparisonReport report =
                Comparison.run(new ComparisonSettings(training.data(), out, arms, plan, samples, Optional.empty()));
        assertThat(report.arms()).containsOnlyKeys("pixels", "v-latents");
        assertThat(report.arms().values())
                .allSatisfy(arm -> assertThat(arm.distance().count()).isEqualTo(2));
        assertThat(report.text()).contains(" ± ", "seconds are those of processor time on ");
        assertThat(report.arms().get("v-latents").first().training().images()).isEqualTo(4 * (4 - 1));
        String weights = "unet/diffusion_pytorch_model.safetensors";
        assertThat(Files.mismatch(
                        out.resolve("v-latents").resolve(weights),
                        out.resolve("v-latents-seed1").resolve(weights)))
                .isNotNegative();
    }
}
