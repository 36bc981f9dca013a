package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.percolate.pipeline.comparison.Comparison;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.comparison.ComparisonSettings;
import io.percolate.pipeline.comparison.arms.ArmFile;
import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.comparison.report.ArmReport;
import io.percolate.pipeline.comparison.report.BoundSummary;
import io.percolate.pipeline.comparison.report.ComparisonReport;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.tests.browser.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two denoisers with different losses, beside the other families of generative models. */
class BaselineArmsTest {

    private static final String SIMPLE = """
            {"name": "simple", "space": "pixels"}""";

    private static final String BOUND =
            """
            {"name": "bound", "space": "latents", "recipe": {"loss": {"weighting": "bound"}}}""";

    private static final String GAN =
            """
            {"name": "gan", "family": "gan",
             "recipe": {"generator": {"width": 8, "latent_width": 4}, "discriminator": {"width": 4, "layers": 1},
                        "training": {"batch_size": 4, "precision": "fp32"}}}""";

    private static final String PRIOR =
            """
            {"name": "prior", "family": "vae",
             "recipe": {"vae": {"block_out_channels": [8, 16], "layers_per_block": 1, "norm_num_groups": 4,
                                "latent_channels": 4, "mid_block_add_attention": false,
                                "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
                                "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"]},
                        "training": {"batch_size": 4, "precision": "fp32"}}}""";

    private static final int STEPS = 4;

    @TempDir
    private static Path folder;

    private static TinyTraining training;
    private static ComparisonReport report;

    @BeforeAll
    static void compare() throws IOException {
        training = new TinyTraining(folder);
        training.draw();
        report = Comparison.run(new ComparisonSettings(
                training.data(),
                out(),
                List.of(arm(SIMPLE), arm(BOUND), arm(GAN), arm(PRIOR)),
                ComparisonPlan.once(new Budget.Steps(STEPS)),
                new SampleBudget(2, 1),
                Optional.empty()));
    }

    private static ArmRecipe arm(String json) throws IOException {
        AutoencoderChoice autoencoder = new AutoencoderChoice.Trained(VaeRecipe.read(training.vaeRecipe()));
        Path file = Files.writeString(folder.resolve("arm.json"), json);
        return new ArmFile(training.data(), training.pixelRecipe(), autoencoder).read(file);
    }

    private static Path out() {
        return folder.resolve("comparison");
    }

    @Test
    void otherFamiliesAreTrainedAndMeasuredAlike() {
        for (String name : List.of("gan", "prior")) {
            ArmReport arm = report.arms().get(name);
            assertThat(arm.first().training().steps()).isEqualTo(STEPS);
            assertThat(arm.first().training().images()).isEqualTo(4 * STEPS);
            assertThat(arm.distance().mean()).isPositive();
            assertThat(arm.gflopPerPrediction()).isPositive();
            assertThat(arm.first().along().get(1).gflop()).isPositive();
            assertThat(arm.first().rate()).isNull();
            assertThat(arm.first().retrieval()).isNull();
            assertThat(TestFolders.files(out().resolve("images-" + name))).containsExactly("0000.png", "0001.png");
        }
        assertThat(report.arms().get("gan").parameters()).containsOnlyKeys("generator");
        assertThat(report.arms().get("prior").parameters()).containsOnlyKeys("vae");
    }

    @Test
    void theSimpleLossStandsBesideTheBound() {
        BoundSummary simple = report.arms().get("simple").first().bound();
        BoundSummary bound = report.arms().get("bound").first().bound();
        assertThat(simple.loss()).isEqualTo("simple");
        assertThat(bound.loss()).isEqualTo("bound");
        assertThat(simple.simple()).isBetween(0.1, 10.0);
        assertThat(simple.bits()).isPositive();
        assertThat(bound.bits()).isPositive();
        assertThat(report.text())
                .contains("| | trained on | simple loss | bound, bits per dimension |", "| simple | simple | ");
    }

    @Test
    void thePageShowsWhatEachTimestepAdds() throws IOException {
        assertThat(Files.readString(out().resolve("report.html")))
                .contains("What each timestep adds to the bound", "parameters of the generator");
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    void thePageReadsWellInABrowser(int width) throws Exception {
        Optional<Path> browser = Chromium.find();
        assumeTrue(browser.isPresent(), "no Chromium here: name one by the variable CHROMIUM");
        try (Chromium chromium =
                new Chromium(browser.orElseThrow(), Files.createDirectory(folder.resolve("profile-" + width)))) {
            Chromium.Visit visit = chromium.open(out().resolve("report.html"), width);
            assertThat(visit.errors()).isEmpty();
            assertThat(visit.requests()).isEmpty();
            assertThat(visit.windowWidth()).isEqualTo(width);
            assertThat(visit.pageWidth()).isLessThanOrEqualTo(width);
        }
    }

    @Test
    void unknownFamiliesAndImpossibleSizesAreRefused() {
        assertThatThrownBy(() -> arm("{\"name\": \"a\", \"family\": \"flow\"}"))
                .hasMessageContaining("arm a: family is flow, choose from diffusion, gan, vae");
        assertThatThrownBy(() -> arm(
                        "{\"name\": \"a\", \"family\": \"gan\", \"recipe\": {\"generator\": {\"sample_size\": 20}}}"))
                .hasMessageContaining("images of 20x20 but a generator doubles 4x4");
        assertThatThrownBy(() ->
                        arm("{\"name\": \"a\", \"family\": \"gan\", \"recipe\": {\"discriminator\": {\"depth\": 2}}}"))
                .hasMessageContaining("nothing is called depth");
    }
}
