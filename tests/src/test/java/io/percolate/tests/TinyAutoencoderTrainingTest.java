package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.cli.Percolate;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.pipeline.training.tiny.TinyRecipe;
import io.percolate.pipeline.training.tiny.TinyRun;
import io.percolate.pipeline.training.tiny.TinyTrainer;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.tiny.TinyConfig;
import io.percolate.vae.tiny.TinyJson;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tiny autoencoder learns from one of factor 2 that was trained before. */
class TinyAutoencoderTrainingTest {

    private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";
    private static final String SMALL =
            "\"tiny\": {\"width\": 8, \"encoder_blocks\": [1, 1], \"decoder_blocks\": [1, 1]}";
    private static final String PLAN =
            "\"batch_size\": 4, \"warmup_steps\": 1, \"precision\": \"fp32\", \"learning_rate_schedule\": \"constant\"";

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void trainTheTeacher() {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(60);
        training.trainDiffusion(1);
    }

    @Test
    void bothHalvesLearn() {
        Path out = folder.resolve("learns");
        train(recipe("\"learning_rate\": 0.003, \"validation_steps\": 60, \"validation_share\": 0.25"), out, 120);
        List<JsonConfig> steps = log(out).stream()
                .filter(entry -> entry.values().containsKey("loss"))
                .toList();
        JsonConfig first = steps.get(0);
        JsonConfig last = steps.get(steps.size() - 1);
        assertThat(last.number("reconstruction")).isLessThan(first.number("reconstruction") / 3);
        assertThat(last.number("latents")).isLessThan(0.7 * first.number("latents"));
        JsonConfig heldOut = log(out).stream()
                .filter(entry -> entry.values().containsKey("held_out_loss"))
                .findFirst()
                .orElseThrow();
        assertThat(heldOut.number("held_out_loss"))
                .isCloseTo(
                        heldOut.number("held_out_reconstruction") + heldOut.number("held_out_latents"), within(1e-4));
        assertThat(out.resolve("samples")).isNotEmptyDirectory();
    }

    @Test
    void theTeachersImagesMayBeLearnedInPlaceOfTheRealOnes() {
        RecipeOverlay teacher = RecipeOverlay.parse("{\"tiny\": {\"target\": \"teacher\"}}");
        train(recipe("\"ema_decay\": 0"), folder.resolve("of-images"), 1);
        train(recipe("\"ema_decay\": 0").with(teacher), folder.resolve("of-the-teacher"), 1);
        double image = log(folder.resolve("of-images")).get(0).number("reconstruction");
        assertThat(log(folder.resolve("of-the-teacher")).get(0).number("reconstruction"))
                .isNotEqualTo(image)
                .isCloseTo(image, within(image / 2));
    }

    @Test
    void aResumedTrainingEndsAsIfItHadNeverStopped() throws IOException {
        train(recipe(""), folder.resolve("whole"), 4);
        train(recipe(""), folder.resolve("parts"), 2);
        train(recipe(""), folder.resolve("parts"), 4);
        for (String file : List.of(WEIGHTS, "config.json", "recipe.json")) {
            assertThat(Files.mismatch(
                            folder.resolve("whole").resolve(file),
                            folder.resolve("parts").resolve(file)))
                    .as(file)
                    .isEqualTo(-1);
        }
    }

    /** A sum in another order is another number; Adafactor's steps differ by no more. */
    @Test
    void aBatchInPartsWhoseBlocksAreComputedAgainGivesTheSameWeights() {
        String adafactor = "\"optimizer\": \"adafactor\"";
        train(recipe(adafactor), folder.resolve("plain"), 4);
        train(
                recipe(adafactor + ", \"micro_batch\": 3, \"gradient_checkpointing\": true"),
                folder.resolve("less-memory"),
                4);
        try (NDManager manager = TorchEngine.newManager();
                StateDict plain = WeightFile.open(folder.resolve("plain"));
                StateDict parts = WeightFile.open(folder.resolve("less-memory"))) {
            for (String name : plain.names()) {
                NDArray apart =
                        plain.read(manager, name).sub(parts.read(manager, name)).abs();
                assertThat(apart.max().getFloat()).as(name).isCloseTo(0, within(5e-4f));
            }
        }
    }

    @Test
    void theFolderDecodesPreviewsAndInPlaceOfTheModelsAutoencoder() throws IOException {
        Path out = folder.resolve("opens");
        assertThat(command(out, "--steps", "2", "--config", recipeFile().toString()))
                .isZero();
        assertThat(generate("own.png")).isZero();
        assertThat(generate("in-place.png", "--vae", out.toString())).isZero();
        Path previews = folder.resolve("previews");
        assertThat(generate("a.png", "--previews", previews.toString(), "--preview-vae", out.toString()))
                .isZero();
        assertThat(same("own.png", "a.png")).isTrue();
        assertThat(same("own.png", "in-place.png")).isFalse();
        assertThat(previews.resolve("step-001-1.png")).isNotEmptyFile();
    }

    /** It is part of the model folder. */
    @Test
    void aModelThatHasOneDecodesItsPreviewsWithIt() throws IOException {
        Path out = folder.resolve("part");
        train(recipe(""), out, 2);
        Path model = folder.resolve("with-previews");
        TestFolders.copy(training.model(), model);
        TestFolders.copy(out, model.resolve("preview_vae"));
        Path copy = folder.resolve("converted");
        assertThat(Percolate.run("convert", model.toString(), copy.toString())).isZero();
        assertThat(copy.resolve("preview_vae"))
                .isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/" + WEIGHTS)
                .isDirectoryNotContaining("glob:**/recipe.json");
        assertThat(previewOf(model, "a"))
                .isEqualTo(previewOf(copy, "b"))
                .isEqualTo(previewOf(training.model(), "c", "--preview-vae", out.toString()))
                .isNotEqualTo(previewOf(training.model(), "d"));
    }

    @Test
    void layersAreCalledWhatThePublishedOnesAre() throws IOException {
        Path published = TestFolders.DATA.resolve("taesd/vae");
        TinyConfig shape = TinyJson.read(JsonConfig.read(published.resolve("config.json")));
        Path teacher = randomTeacher(shape);
        TinyRecipe recipe = TinyRecipe.of(new AutoencoderSource(teacher).config())
                .with(RecipeOverlay.parse(
                        "{\"tiny\": {\"width\": %d, \"encoder_blocks\": %s, \"decoder_blocks\": %s}, \"training\": {%s}}"
                                .formatted(shape.width(), shape.encoderBlocks(), shape.decoderBlocks(), PLAN)));
        Path out = folder.resolve("named");
        train(recipe, teacher, out, 1);
        assertThat(shapes(out)).isEqualTo(shapes(published));
        assertThat(TinyJson.read(JsonConfig.read(out.resolve("config.json")))).isEqualTo(shape);
    }

    @Test
    void aDryRunTrainsNothing() throws IOException {
        Path out = folder.resolve("dry");
        assertThat(command(
                        out,
                        "--dry-run",
                        "--steps",
                        "10",
                        "--config",
                        recipeFile().toString()))
                .isZero();
        assertThat(out).doesNotExist();
        assertThat(command(
                        out,
                        "--memory",
                        "10M",
                        "--steps",
                        "10",
                        "--config",
                        recipeFile().toString()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'tiny': {'latent_channels': 8}}; latent_channels is 8, but the latents to learn have 4: leave it out",
                "{'tiny': {'decoder_blocks': [1, 1, 1], 'encoder_blocks': [1, 1, 1]}}; give 2 numbers",
                "{'tiny': {'decoder_blocks': [1]}}; give both as many levels",
                "{'tiny': {'decoder_blocks': [-1, 1]}}; none below 0",
                "{'tiny': {'width': 0}}; width 0 and latent_magnitude 3.0: both must be positive",
                "{'tiny': {'target': 'both'}}; target is both, choose from images, teacher",
                "{'images': {'resolution': 15}}; images of 15x15 but latents are 2 times smaller: give a multiple of 2",
                "{'discriminator': {'weight': 1}}; nothing is called discriminator, choose from images, loss, perceptual",
                "{'loss': {'kl_weight': 1}}; nothing is called kl_weight, choose from frequency_exponent"
            })
    void aRecipeThatMakesNoSenseIsRefused(String recipe, String message) {
        RecipeOverlay overlay = RecipeOverlay.parse(recipe.replace('\'', '"'));
        assertThatThrownBy(() -> train(recipe("").with(overlay), folder.resolve("refused"), 1))
                .hasMessageContaining(message);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void aFolderWithoutAnAutoencoderTeachesNothing() {
        assertThatThrownBy(() -> new AutoencoderSource(training.data()).config())
                .hasMessageContaining(training.data() + ": no autoencoder is here: name its folder");
        Path tiny = TestFolders.DATA.resolve("taesd/vae");
        assertThatThrownBy(() -> new AutoencoderSource(tiny).config())
                .hasMessageContaining("AutoencoderTiny")
                .hasMessageContaining(tiny.toString());
    }

    @Test
    void aRunGoesOnWithItsOwnTeacher() {
        Path out = folder.resolve("whose");
        train(recipe(""), out, 1);
        Path other =
                randomTeacher(new TinyConfig(new TinyConfig.Channels(3, 3, 4), 8, List.of(1, 1), List.of(1, 1), 3));
        assertThatThrownBy(() -> train(recipe(""), other, out, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("resume with the one that it began with");
    }

    private static TinyRecipe recipe(String plan) {
        return TinyRecipe.of(new AutoencoderSource(training.vae()).config()).with(RecipeOverlay.parse(text(plan)));
    }

    private static String text(String plan) {
        return "{" + SMALL + ", \"training\": {" + PLAN + (plan.isEmpty() ? "" : ", " + plan) + "}}";
    }

    private static Path recipeFile() throws IOException {
        return Files.writeString(folder.resolve("tiny.json"), text(""));
    }

    private static void train(TinyRecipe recipe, Path out, int steps) {
        train(recipe, training.vae(), out, steps);
    }

    private static void train(TinyRecipe recipe, Path teacher, Path out, int steps) {
        TrainingSession session = new TrainingSession(new Budget.Steps(steps), true, TrainingListener.NONE);
        TinyTrainer.train(recipe, run(teacher, out), ImageDataset.open(training.data()), session);
    }

    private static TinyRun run(Path teacher, Path out) {
        return new TinyRun(new AutoencoderSource(teacher), out);
    }

    private static int command(Path out, String... options) {
        List<String> command = new ArrayList<>(List.of("train", "vae", "--tiny", "--from"));
        command.addAll(
                List.of(training.vae().toString(), "--data", training.data().toString()));
        command.addAll(List.of("--out", out.toString()));
        command.addAll(List.of(options));
        return Percolate.run(command.toArray(String[]::new));
    }

    private static int generate(String file, String... options) {
        return generate(training.model(), file, options);
    }

    private static int generate(Path model, String file, String... options) {
        List<String> command = new ArrayList<>(List.of("generate", "a red ball", "--steps", "2", "--seed", "1"));
        command.addAll(List.of(
                "--model", model.toString(), "--out", folder.resolve(file).toString()));
        command.addAll(List.of(options));
        return Percolate.run(command.toArray(String[]::new));
    }

    private static byte[] previewOf(Path model, String name, String... options) throws IOException {
        Path previews = folder.resolve("previews-" + name);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--previews", previews.toString()));
        assertThat(generate(model, name + ".png", all.toArray(String[]::new))).isZero();
        return Files.readAllBytes(previews.resolve("step-001-1.png"));
    }

    private static boolean same(String one, String other) throws IOException {
        return Files.mismatch(folder.resolve(one), folder.resolve(other)) == -1;
    }

    private static Path randomTeacher(TinyConfig pupil) {
        int levels = pupil.decoderBlocks().size();
        VaeConfig config = VaeConfig.of(
                        Collections.nCopies(levels, 8), 1, pupil.channels().latent(), 4)
                .withSampleSize(2 * pupil.shape().factor());
        Path out = folder.resolve("teacher-" + levels);
        try (NDManager manager = TorchEngine.newManager();
                AutoencoderKl vae = new AutoencoderKl(config)) {
            vae.initialise(manager, 1);
            vae.save(out, ElementType.F32);
        }
        return out;
    }

    private static Map<String, Shape> shapes(Path autoencoder) {
        try (StateDict dict = WeightFile.open(autoencoder)) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            dict.names().forEach(name -> shapes.put(name, dict.info(name).shape()));
            return shapes;
        }
    }

    private static List<JsonConfig> log(Path run) {
        try {
            return Files.readAllLines(run.resolve("log.jsonl")).stream()
                    .map(line -> JsonConfig.parse("log", line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
