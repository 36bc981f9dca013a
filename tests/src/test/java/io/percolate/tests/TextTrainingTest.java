package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.cli.Percolate;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.pipeline.training.text.TextTrainer;
import io.percolate.pipeline.training.text.WordsRecipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text encoder of a model that was trained here learns what images are called, and nothing else changes. */
class TextTrainingTest {

    private static final WordsRecipe RECIPE = WordsRecipe.DEFAULT.with(
            RecipeOverlay.parse(
                    """
            {"words": {"dropout": 0.2},
             "training": {"batch_size": 16, "learning_rate": 0.003, "warmup_steps": 1, "precision": "fp32",
                          "validation_steps": 100}}"""));

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void trainTheModel() throws IOException {
        training = new TinyTraining(folder);
        training.draw();
        Path metadata = training.data().resolve("metadata.jsonl");
        String text = Files.readString(metadata)
                .replace("\"a red ball\"", "[\"a red ball\", \"a tomato\"], \"everyday\": \"tomato\"");
        Files.writeString(metadata, text);
        training.trainVae(2);
        training.trainDiffusion(2);
    }

    @Test
    void captionsFindTheirImagesAndTheDenoiserStaysAsItWas() throws IOException {
        Path out = folder.resolve("taught");
        train(out, 125, false);
        assertThat(TinyTraining.lastLoss(folder.resolve("taught"))).isLessThan(0.5 * Math.log(8));
        assertThat(Files.readString(out.resolve("log.jsonl"))).contains("\"everyday_first\":1.0");
        assertThat(weights(out, "text_encoder_2/model"))
                .isNotEqualTo(weights(training.model(), "text_encoder_2/model"));
        assertThat(weights(out, "unet/diffusion_pytorch_model"))
                .isEqualTo(weights(training.model(), "unet/diffusion_pytorch_model"));
        try (Pipeline pipeline = Pipeline.load(out)) {
            assertThat(pipeline.generate("a tomato").image().getWidth()).isEqualTo(16);
        }
    }

    @Test
    void whatStoppedGoesOnAsIfItHadNot() throws IOException {
        Path whole = folder.resolve("whole");
        train(whole, 6, false);
        Path parts = folder.resolve("parts");
        train(parts, 6, true, 3);
        assertThat(parts.resolve("unet/diffusion_pytorch_model.safetensors")).exists();
        train(parts, 6, true);
        assertThat(weights(parts, "text_encoder_2/model")).isEqualTo(weights(whole, "text_encoder_2/model"));
    }

    @Test
    void aModelThatReadsNothingIsRefused() {
        assertThatThrownBy(() -> TextTrainer.train(
                        RECIPE, training.vae(), ImageDataset.open(training.data()), folder.resolve("no"), session(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(training.vae() + " has no text encoder that was trained along with its denoiser");
    }

    @Test
    void theModelIsNotWrittenOver() {
        assertThatThrownBy(() -> TextTrainer.train(
                        RECIPE, training.model(), ImageDataset.open(training.data()), training.model(), session(1)))
                .hasMessageContaining(training.model() + " is the model itself");
    }

    @Test
    void imagesWithoutCaptionsAreRefused() {
        Path mute = folder.resolve("mute");
        ImageFiles.writePng(mute.resolve("a.png"), new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));
        assertThatThrownBy(() -> TextTrainer.train(
                        RECIPE, training.model(), ImageDataset.open(mute), folder.resolve("no"), session(1)))
                .hasMessageContaining(mute + ": 0 images have captions");
    }

    @Test
    void theCommandPrintsTheModelAndKeepsPreviousRuns() {
        Path out = folder.resolve("command");
        String[] command = {
            "train",
            "text",
            "--from",
            training.model().toString(),
            "--data",
            training.data().toString(),
            "--out",
            out.toString(),
            "--steps",
            "1"
        };
        assertThat(Percolate.run(command)).isZero();
        assertThat(out.resolve("text_encoder_2/model.safetensors")).exists();
        assertThat(Percolate.run(command)).isNotZero();
    }

    private static void train(Path out, int steps, boolean resume) {
        train(out, steps, resume, steps);
    }

    /** Stops a training of {@code steps} after {@code done}. */
    private static void train(Path out, int steps, boolean resume, int done) {
        TrainingListener stopping = new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                if (progress.step() == done) {
                    progress.stop();
                }
            }
        };
        TextTrainer.train(
                RECIPE,
                training.model(),
                ImageDataset.open(training.data()),
                out,
                new TrainingSession(new Budget.Steps(steps), resume, stopping));
    }

    private static TrainingSession session(int steps) {
        return new TrainingSession(new Budget.Steps(steps), false, TrainingListener.NONE);
    }

    private static byte[] weights(Path model, String file) throws IOException {
        return Files.readAllBytes(model.resolve(file + ".safetensors"));
    }
}
