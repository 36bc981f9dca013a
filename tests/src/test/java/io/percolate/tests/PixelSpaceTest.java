package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.process.Clipping;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.Evaluation;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.Conversion;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.model.inspection.Inspection;
import io.percolate.pipeline.model.inspection.ModelReport;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.testing.Reference;
import io.percolate.weights.tensors.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same training without an autoencoder. */
class PixelSpaceTest {

    private static final int STEPS = 50;

    @TempDir
    private static Path folder;

    private static TinyTraining training;
    private static DiffusionRecipe recipe;
    private static Path captioned;
    private static Path uncaptioned;

    @BeforeAll
    static void train() {
        training = new TinyTraining(folder);
        training.draw();
        recipe = training.pixelRecipe();
        captioned = folder.resolve("captioned");
        uncaptioned = folder.resolve("uncaptioned");
        training.trainPixels(recipe, captioned, STEPS);
        training.trainPixels(recipe.withoutText(), uncaptioned, 1);
    }

    @Test
    void aFolderTrainedOnCaptionsDrawsFromPrompts() {
        try (Pipeline pipeline = Pipeline.load(captioned)) {
            assertThat(pipeline.codec()).isInstanceOf(ImageCodec.Identity.class);
            assertThat(pipeline.generate("a red ball").image().getWidth()).isEqualTo(16);
        }
    }

    @Test
    void aFolderTrainedOnCaptionsHasTheLayoutOfLatentModelsWithoutAutoencoder() {
        assertThat(TestFolders.files(captioned))
                .containsExactlyInAnyOrder(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder_2/config.json",
                        "text_encoder_2/model.safetensors",
                        "tokenizer_2/merges.txt",
                        "tokenizer_2/special_tokens_map.json",
                        "tokenizer_2/tokenizer_config.json",
                        "tokenizer_2/vocab.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model.safetensors",
                        "percolate.json",
                        "recipe.json",
                        "checkpoint.safetensors",
                        "events.out.tfevents.percolate",
                        "log.jsonl",
                        "loss.png",
                        "samples/step-0000050.png",
                        "samples/strip.png");
    }

    @Test
    void aFolderTrainedWithoutCaptionsIsAPublishedDdpm() {
        List<Path> references = Reference.find(TestFolders.DATA, "*ddpm*/model_index.json");
        assertThat(references).isNotEmpty();
        for (Path index : references) {
            for (String config :
                    new String[] {"model_index.json", "unet/config.json", "scheduler/scheduler_config.json"}) {
                JsonConfig ours = JsonConfig.read(uncaptioned.resolve(config));
                JsonConfig published = JsonConfig.read(index.resolveSibling(config));
                assertThat(ours.values().keySet())
                        .as(config)
                        .isEqualTo(published.values().keySet());
                assertThat(ours.values().get("_class_name"))
                        .isEqualTo(published.values().get("_class_name"));
            }
        }
    }

    @Test
    void aFolderTrainedWithoutCaptionsDrawsWithoutAPrompt() {
        try (Pipeline pipeline = Pipeline.load(uncaptioned)) {
            assertThat(pipeline.generate(GenerationRequest.of().count(3).build()))
                    .hasSize(3);
        }
    }

    @Test
    void trainedFoldersAreCompleteAndSayThatTheyWorkOnPixels() {
        ModelReport report = Inspection.of(captioned, Optional.empty());
        assertThat(report.complete()).isTrue();
        assertThat(report.family()).isEqualTo("pixel-space diffusion with text");
        assertThat(Inspection.of(uncaptioned, Optional.empty()).family()).isEqualTo("pixel-space DDPM");
    }

    @Test
    void cleanPixelsAreKeptInTheirRangeWhileSampling() {
        assertThat(recipe.sampler().clipping()).isEqualTo(new Clipping.Clipped(1));
        assertThat(JsonConfig.read(captioned.resolve("scheduler/scheduler_config.json"))
                        .flag("clip_sample"))
                .isTrue();
    }

    @Test
    void pixelModelsAreEvaluatedByTheirPixels() {
        try (Pipeline pipeline = Pipeline.load(captioned)) {
            Map<String, Measurement> report =
                    Evaluation.of(pipeline, ImageDataset.open(training.data()), new SampleBudget(8, 2));
            assertThat(report).containsOnlyKeys("trained", "distance", "originality");
            assertThat(((Retrieval) report.get("trained")).candidates()).isEqualTo(8);
        }
    }

    @Test
    void pixelModelsAreConvertedToFolders() {
        Path half = folder.resolve("half");
        Conversion.of(captioned).withType(ElementType.F16).to(half);
        assertThat(Inspection.of(half, Optional.empty()).complete()).isTrue();
    }

    @Test
    void aTrainingInTwoSessionsIsTheSameAsInOne() {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        training.trainPixels(recipe, whole, 7);
        training.trainPixels(recipe, parts, 3);
        training.trainPixels(recipe, parts, 7);
        String weights = "unet/diffusion_pytorch_model.safetensors";
        assertThat(parts.resolve(weights)).hasSameBinaryContentAs(whole.resolve(weights));
    }

    @Test
    void pixelsDoNotFitAnotherNumberOfChannels() {
        training.trainVae(1);
        DiffusionFolders latents =
                new DiffusionFolders(Optional.of(training.vae()), Optional.empty(), folder.resolve("refused"));
        assertThatThrownBy(() -> DiffusionTrainer.train(
                        recipe, ImageDataset.open(training.data()), latents, new Budget.Steps(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 3 to 3 channels but the autoencoder's latents have 4");
    }
}
