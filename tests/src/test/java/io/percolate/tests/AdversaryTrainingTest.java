package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeException;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import io.percolate.weights.safetensors.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings of a recipe that has a discriminator, EQ-regularisation and random crops. */
class AdversaryTrainingTest {

    private static final String DETAIL =
            """
            {"vae": {"sample_size": 32},
             "images": {"crop_scales": [0.5, 1]},
             "loss": {"eq_probability": 0.5, "reduction": "sum"},
             "discriminator": {"weight": 0.5, "width": 4, "layers": 2, "start_step": 2, "warmup_steps": 2},
             "training": {"learning_rate_schedule": "constant"}}""";

    private static final String EVERYTHING =
            """
            {"loss": {"reduction": "mean", "ssim_weight": 0.1, "gradient_weight": 1, "frequency_weight": 0.5},
             "discriminator": {"start_step": 1, "feature_weight": 0.2, "lecam_weight": 0.1, "r1_weight": 0.5,
                               "augmentations": ["color", "translation", "cutout"]}}""";

    @TempDir
    private Path folder;

    private TinyTraining training;
    private VaeRecipe recipe;

    @BeforeEach
    void draw() {
        training = new TinyTraining(folder);
        training.draw();
        recipe = VaeRecipe.read(training.vaeRecipe()).with(RecipeOverlay.parse(DETAIL));
    }

    @Test
    void aResumedTrainingEndsWithTheSameDiscriminatorAndAutoencoder() throws IOException {
        assertResumesExactly();
    }

    @Test
    void soDoesOneWhoseRunningAveragesTakeHalfOfTheMemory() throws IOException {
        recipe = recipe.withPlan(
                recipe.plan().withOptimizer(recipe.plan().optimizer().compact()));
        assertResumesExactly();
    }

    private void assertResumesExactly() throws IOException {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        train(whole, 6);
        train(parts, 3);
        train(parts, 6);
        assertSameTensors(whole, parts, "checkpoint.safetensors");
        assertThat(bytes(parts, "diffusion_pytorch_model.safetensors"))
                .isEqualTo(bytes(whole, "diffusion_pytorch_model.safetensors"));
    }

    /** What a step remembers for the next one is in the checkpoint: two optimizers, running means, averaged weights. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"training\": {\"micro_batch\": 3}}",
                "{\"training\": {\"micro_batch\": 2, \"gradient_checkpointing\": true}}"
            })
    void aTrainingWithEveryTermIsResumedExactly(String compute) throws IOException {
        recipe = recipe.with(RecipeOverlay.parse(EVERYTHING)).with(RecipeOverlay.parse(compute));
        aResumedTrainingEndsWithTheSameDiscriminatorAndAutoencoder();
        String[] log = Files.readString(folder.resolve("parts/log.jsonl")).split("\\n");
        assertThat(log[5]).contains("features", "lecam", "r1", "frequency", "adaptive_weight");
    }

    @Test
    void layersComputedAgainGiveTheSameAutoencoder() {
        recipe = recipe.with(RecipeOverlay.parse(EVERYTHING));
        assertSameBut("{\"training\": {\"gradient_checkpointing\": true}}");
    }

    /** Not so with a discriminator, whose batch normalisation sees micro-batches. */
    @Test
    void aBatchInPartsGivesTheSameAutoencoderWithoutADiscriminator() {
        recipe = recipe.with(RecipeOverlay.parse(EVERYTHING))
                .with(RecipeOverlay.parse("{\"discriminator\": {\"weight\": 0}}"));
        assertSameBut("{\"training\": {\"micro_batch\": 3}}");
    }

    /** Adafactor's steps differ by no more than the gradients do. */
    private void assertSameBut(String compute) {
        recipe = recipe.with(RecipeOverlay.parse("{\"training\": {\"optimizer\": \"adafactor\"}}"));
        train(folder.resolve("plain"), 4);
        recipe = recipe.with(RecipeOverlay.parse(compute));
        train(folder.resolve("other"), 4);
        try (NDManager manager = TorchEngine.newManager();
                AutoencoderKl plain = AutoencoderKl.load(folder.resolve("plain"), manager);
                AutoencoderKl other = AutoencoderKl.load(folder.resolve("other"), manager)) {
            plain.parameters().forEach((name, parameter) -> assertThat(
                            Reference.doubles(other.parameters().get(name).value()))
                    .as(name)
                    .usingComparatorWithPrecision(1e-5)
                    .containsExactly(Reference.doubles(parameter.value())));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stepsWithEveryTermLeaveNothingBehind(boolean checkpointing) {
        recipe = recipe.with(RecipeOverlay.parse(EVERYTHING))
                .with(RecipeOverlay.parse("{\"training\": {\"gradient_checkpointing\": %s}}".formatted(checkpointing)));
        List<Long> arrays = new ArrayList<>();
        TrainingListener counter = new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                arrays.add(LiveMemory.now().arrays());
            }
        };
        TrainingSession session = new TrainingSession(new Budget.Steps(9), false, counter);
        VaeTrainer.train(recipe, ImageDataset.open(training.data()), folder.resolve("counted"), session);
        assertThat(Collections.min(arrays.subList(6, 9))).isEqualTo(Collections.min(arrays.subList(2, 6)));
    }

    @Test
    void theDiscriminatorEntersAtItsFirstStep() throws IOException {
        train(folder.resolve("vae"), 3);
        String[] log = Files.readString(folder.resolve("vae/log.jsonl")).split("\\n");
        assertThat(log).hasSize(3);
        assertThat(log[1]).doesNotContain("discriminator");
        assertThat(log[2])
                .contains("high_frequencies", "discriminator", "adaptive_weight", "logits_real", "logits_fake");
    }

    /** Five levels: 64x64 pixels are 4x4 latents. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Shortcut"})
    void anAutoencoderOfFactor16TrainsAndIsLoadedAgain(String kind) {
        recipe = recipe.with(RecipeOverlay.parse(
                """
                {"vae": {"sample_size": 64, "block_out_channels": [4, 8, 8, 8, 8],
                         "down_block_types": [%s], "up_block_types": [%s]}}"""
                        .formatted(fiveTimes(kind + "DownEncoderBlock2D"), fiveTimes(kind + "UpDecoderBlock2D"))));
        train(folder.resolve("vae"), 3);
        try (NDManager manager = TorchEngine.newManager();
                AutoencoderKl vae = AutoencoderKl.load(folder.resolve("vae"), manager)) {
            assertThat(vae.config().downsamplingFactor()).isEqualTo(16);
            NDArray decoded = vae.decodeScaled(manager.zeros(new Shape(1, 4, 4, 4)));
            assertThat(decoded.getShape()).isEqualTo(new Shape(1, 3, 64, 64));
        }
    }

    private static String fiveTimes(String name) {
        return String.join(", ", Collections.nCopies(5, '"' + name + '"'));
    }

    @Test
    void aDiscriminatorForLargerImagesIsRefused() {
        assertThatThrownBy(() -> recipe.withResolution(8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 12")
                .hasMessageContaining("fewer layers");
        RecipeOverlay narrow =
                RecipeOverlay.parse("{\"vae\": {\"sample_size\": 16}, \"training\": {\"buckets\": true}}");
        assertThatThrownBy(() -> recipe.with(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("images of 8 pixels but a discriminator of 2 layers needs 12");
        assertThatThrownBy(() -> recipe.with(RecipeOverlay.parse("{\"discriminator\": {\"weight\": -1}}")))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("weight -1.0 is out of range");
    }

    private void train(Path out, int steps) {
        VaeTrainer.train(recipe, ImageDataset.open(training.data()), out, new Budget.Steps(steps), true);
    }

    private static void assertSameTensors(Path one, Path other, String name) {
        try (NDManager manager = TorchEngine.newManager();
                SafeTensors a = SafeTensors.open(one.resolve(name));
                SafeTensors b = SafeTensors.open(other.resolve(name))) {
            assertThat(a.names())
                    .isEqualTo(b.names())
                    .anyMatch(tensor -> tensor.startsWith("discriminator_optimizer/"));
            a.names().forEach(tensor -> assertThat(Reference.doubles(a.read(manager, tensor)))
                    .as(tensor)
                    .isEqualTo(Reference.doubles(b.read(manager, tensor))));
        }
    }

    private static byte[] bytes(Path run, String name) throws IOException {
        return Files.readAllBytes(run.resolve(name));
    }
}
