package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.ContactSheets;
import io.percolate.pipeline.evaluation.Distance;
import io.percolate.pipeline.evaluation.Evaluation;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.evaluation.Reconstruction;
import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.vae.AutoencoderKl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be measured of each kind of model, on each kind of data. */
class EvaluationTest {

    private static final SampleBudget BUDGET = new SampleBudget(3, 2);

    @TempDir
    private static Path folder;

    private static TinyTraining training;
    private static ImageDataset captioned;
    private static ImageDataset uncaptioned;

    @BeforeAll
    static void train() throws IOException {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(1);
        training.trainDiffusion(1);
        captioned = ImageDataset.open(training.data());
        TestFolders.copy(training.data(), folder.resolve("silent"));
        Files.delete(folder.resolve("silent/metadata.jsonl"));
        uncaptioned = ImageDataset.open(folder.resolve("silent"));
    }

    @Test
    void anAutoencoderByItselfIsMeasuredByItsReconstructions() {
        try (NDManager manager = TorchEngine.newManager();
                AutoencoderKl vae = AutoencoderKl.load(training.vae(), manager)) {
            Map<String, Measurement> report = Evaluation.of(vae, uncaptioned);
            assertThat(report).containsOnlyKeys("reconstruction");
            assertThat(report.get("reconstruction")).isInstanceOfSatisfying(Reconstruction.class, kept -> {
                assertThat(kept.images()).isEqualTo(8);
                assertThat(kept.psnr()).isPositive();
                assertThat(kept.highFrequencies()).isPositive().isFinite();
                assertThat(kept.summary()).contains("high frequencies");
            });
        }
    }

    @Test
    void aTextModelIsMeasuredByItsCaptions() {
        Map<String, Measurement> report = evaluate(training.model(), captioned);
        assertThat(report)
                .containsOnlyKeys("reconstruction", "trained", "originality", "distance", "distanceOfRealImages");
        assertThat(report.get("trained")).isInstanceOfSatisfying(Retrieval.class, retrieval -> {
            assertThat(retrieval.queries()).isEqualTo(3);
            assertThat(retrieval.candidates()).isEqualTo(8);
        });
        assertThat(((Distance) report.get("distance")).images()).isEqualTo(3);
        assertThat(mean(report, "distance")).isPositive();
    }

    @Test
    void variantsAreNoQueriesUnlessTheyAreHeldOut() throws IOException {
        Path data = folder.resolve("variants");
        TestFolders.copy(training.data(), data);
        Files.writeString(
                data.resolve("metadata.jsonl"),
                """
                {"file_name": "0.png", "text": "a red ball"}
                {"file_name": "1.png", "text": "a green ball", "variant": "green"}
                {"file_name": "2.png", "text": "a blue ball", "variant": "blue", "split": "heldout"}
                {"file_name": "3.png", "split": "heldout"}
                """);
        Map<String, Measurement> report = evaluate(training.model(), ImageDataset.open(data));
        assertThat(((Retrieval) report.get("trained")).queries()).isEqualTo(1);
        assertThat(((Retrieval) report.get("heldOut")).queries()).isEqualTo(1);
        assertThat(((Retrieval) report.get("heldOut")).candidates()).isEqualTo(4);
    }

    @Test
    void everydayPromptsAndUnseenKindsAreQueriesBesideTheCaptions() throws IOException {
        Path data = folder.resolve("everyday");
        TestFolders.copy(training.data(), data);
        Files.writeString(
                data.resolve("metadata.jsonl"),
                """
                {"file_name": "0.png", "text": "a red ball", "everyday": "something to play with"}
                {"file_name": "1.png", "text": "a green ball"}
                {"file_name": "2.png", "everyday": "of no use without a caption"}
                {"file_name": "3.png", "text": "a ball of another kind", "split": "unseen"}
                """);
        Map<String, Measurement> report = evaluate(training.model(), ImageDataset.open(data));
        assertThat(((Retrieval) report.get("trained")).queries()).isEqualTo(2);
        assertThat(((Retrieval) report.get("everyday")).queries()).isEqualTo(1);
        assertThat(((Retrieval) report.get("unseen")).queries()).isEqualTo(1);
        assertThat(((Distance) report.get("distance")).images()).isEqualTo(2);
    }

    @Test
    void sheetsShowTheImagesOfEveryPart() {
        Path sheets = folder.resolve("sheets");
        try (Pipeline pipeline = Pipeline.load(training.model())) {
            Evaluation.of(
                    pipeline,
                    captioned,
                    BUDGET,
                    new Evaluation.Beside(Optional.empty(), Optional.of(new ContactSheets(sheets))));
            int side = pipeline.defaults().width();
            assertThat(ImageFiles.size(sheets.resolve("trained-1.png")).width()).isEqualTo(9 * (side + 8) + 8);
        }
        assertThat(sheets.toFile().list()).containsExactly("trained-1.png");
    }

    @Test
    void aTextModelWithoutCaptionsIsMeasuredByItsImages() {
        assertThat(evaluate(training.model(), uncaptioned))
                .containsOnlyKeys("reconstruction", "originality", "distance", "distanceOfRealImages");
    }

    @Test
    void aModelWithoutTextIsMeasuredByItsImages() {
        Path model = folder.resolve("pixels");
        training.trainPixels(training.pixelRecipe().withoutText(), model, 1);
        Map<String, Measurement> report = evaluate(model, captioned);
        assertThat(report).containsOnlyKeys("originality", "distance", "distanceOfRealImages");
        assertThat(mean(report, "distance")).isPositive();
    }

    @Test
    void thereIsNoDistanceOfRealImagesWithoutAsManyOthers() {
        try (Pipeline pipeline = Pipeline.load(training.model())) {
            assertThat(Evaluation.of(pipeline, captioned, new SampleBudget(6, 1)))
                    .containsOnlyKeys("reconstruction", "trained", "originality", "distance");
        }
    }

    private static Map<String, Measurement> evaluate(Path model, ImageDataset dataset) {
        try (Pipeline pipeline = Pipeline.load(model)) {
            return Evaluation.of(pipeline, dataset, BUDGET);
        }
    }

    private static double mean(Map<String, Measurement> report, String name) {
        return ((Distance) report.get(name)).patches().mean();
    }
}
