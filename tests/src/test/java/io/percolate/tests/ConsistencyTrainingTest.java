package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percolate.cli.Percolate;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that takes many steps is distilled, by the command, into one that takes a few. */
class ConsistencyTrainingTest {

    private static final String[] PROMPTS = {"a red ball", "a green box", "a blue ball", "a yellow box"};

    /** Samples are of one image, so that the training takes the time and not what it shows. */
    private static final String RECIPE =
            """
            {"training": {"samples": 1, "precision": "fp32", "warmup_steps": 1, "validation_steps": 0}}""";

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void trainTheModel() {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(30);
        training.trainDiffusion(100);
    }

    @Test
    void oneStepComesNearerToManyThanTheModelsOwn() {
        Path distilled = folder.resolve("distilled");
        assertThat(lcm(distilled, "--steps", "80", "--batch", "8", "--learning-rate", "0.002", "--guidance", "1,3"))
                .isZero();
        List<BufferedImage> many = images(training.model(), 50);
        assertThat(distance(images(distilled, 1), many)).isLessThan(0.6 * distance(images(training.model(), 1), many));
    }

    @Test
    void theFolderSaysHowItIsSampled() throws IOException {
        Path distilled = folder.resolve("folder");
        assertThat(lcm(distilled, "--steps", "1")).isZero();
        assertThat(JsonConfig.read(distilled.resolve("scheduler/scheduler_config.json"))
                        .string("_class_name"))
                .isEqualTo("LCMScheduler");
        assertThat(Files.readString(distilled.resolve("model_index.json"))).contains("LCMScheduler");
        assertThat(JsonConfig.read(distilled.resolve("unet/config.json")).integer("time_cond_proj_dim"))
                .isEqualTo(256);
        try (Pipeline pipeline = Pipeline.load(distilled)) {
            assertThat(pipeline.defaults().steps()).isEqualTo(4);
            assertThat(pipeline.generate("a red ball").text().format()).contains("Steps: 4", "Sampler: lcm");
        }
    }

    /** A model of ten steps cannot be measured in twenty. */
    @Test
    void itIsMeasuredInItsOwnNumberOfSteps() {
        Path distilled = folder.resolve("measured");
        assertThat(lcm(distilled, "--steps", "1")).isZero();
        String data = training.data().toString();
        assertThat(Percolate.run("evaluate", "--model", distilled.toString(), "--data", data, "--captions", "2"))
                .isZero();
    }

    @Test
    void blocksComputedAgainInMicroBatchesGiveTheSameLoss() throws IOException {
        Path kept = folder.resolve("kept");
        Path again = folder.resolve("again");
        Path less = Files.writeString(
                folder.resolve("less.json"),
                RECIPE.replace("\"samples\"", "\"gradient_checkpointing\": true, \"micro_batch\": 3, \"samples\""));
        assertThat(lcm(kept, "--steps", "3")).isZero();
        assertThat(lcm(again, "--steps", "3", "--config", less.toString())).isZero();
        assertThat(TinyTraining.lastLoss(again)).isCloseTo(TinyTraining.lastLoss(kept), within(1e-5));
    }

    @Test
    void aKilledRunWritesTheSameBytesAsOneThatWasNot() throws IOException {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        assertThat(lcm(whole, "--steps", "4")).isZero();
        assertThat(lcm(parts, "--steps", "2")).isZero();
        assertThat(lcm(parts, "--steps", "4", "--resume")).isZero();
        String weights = "unet/diffusion_pytorch_model.safetensors";
        assertThat(parts.resolve(weights)).hasSameBinaryContentAs(whole.resolve(weights));
    }

    private static int lcm(Path out, String... options) {
        Path recipe = folder.resolve("lcm.json");
        List<String> command = new ArrayList<>(
                List.of("train", "lcm", "--from", training.model().toString()));
        try {
            Files.writeString(recipe, RECIPE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        command.addAll(List.of("--data", training.data().toString(), "--out", out.toString()));
        command.addAll(List.of(options));
        if (!command.contains("--config")) {
            command.addAll(List.of("--config", recipe.toString()));
        }
        return Percolate.run(command.toArray(String[]::new));
    }

    private static List<BufferedImage> images(Path model, int steps) {
        try (Pipeline pipeline = Pipeline.load(model)) {
            GenerationRequest request = GenerationRequest.of(PROMPTS)
                    .steps(steps)
                    .guidanceScale(2)
                    .seed(1)
                    .build();
            return pipeline.generate(request).stream()
                    .map(GeneratedImage::image)
                    .toList();
        }
    }

    /** Root of the mean squared difference of all levels. */
    private static double distance(List<BufferedImage> some, List<BufferedImage> others) {
        return Math.sqrt(IntStream.range(0, some.size())
                .mapToDouble(i -> meanSquare(some.get(i), others.get(i)))
                .average()
                .orElseThrow());
    }

    private static double meanSquare(BufferedImage some, BufferedImage other) {
        double[] a = levels(some);
        double[] b = levels(other);
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .average()
                .orElseThrow();
    }

    private static double[] levels(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (double[]) null);
    }
}
