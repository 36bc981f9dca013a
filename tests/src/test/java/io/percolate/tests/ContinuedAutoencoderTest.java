package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.AutoencoderSource;
import io.percolate.pipeline.training.AlignedAutoencoder;
import io.percolate.pipeline.training.VaeFolders;
import io.percolate.pipeline.training.VaeFolders.StartingAutoencoder;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that go on from an autoencoder that was trained before. */
class ContinuedAutoencoderTest {

    private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

    /** Steps that change nothing, and a latent scale that stays as it is. */
    private static final String STANDING_STILL =
            """
            {"training": {"learning_rate": 1e-12, "weight_decay": 0, "scale_images": 0, "precision": "fp32"}}""";

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void trainTheFirst() {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(3);
    }

    @Test
    void aTrainingBeginsWithTheWeightsOfTheFolder() {
        Path out = folder.resolve("same");
        train(continued(STANDING_STILL), training.vae(), out, 1);
        assertSameWeights(training.vae(), out);
    }

    /** The weights lie beside a config.json. */
    @Test
    void aFileOfWeightsWillDo() {
        Path out = folder.resolve("of-a-file");
        train(continued(STANDING_STILL), training.vae().resolve(WEIGHTS), out, 1);
        assertSameWeights(training.vae(), out);
    }

    @Test
    void aResumedTrainingEndsAsIfItHadNeverStopped() throws IOException {
        VaeRecipe recipe = continued("{\"training\": {\"learning_rate_schedule\": \"constant\"}}");
        train(recipe, training.vae(), folder.resolve("whole"), 4);
        train(recipe, training.vae(), folder.resolve("parts"), 2);
        train(recipe, training.vae(), folder.resolve("parts"), 4);
        assertThat(Files.readAllBytes(folder.resolve("parts").resolve(WEIGHTS)))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(WEIGHTS)))
                .isNotEqualTo(Files.readAllBytes(training.vae().resolve(WEIGHTS)));
    }

    @Test
    void finerLevelsMakeItOneOfLargerImages() {
        StartingAutoencoder start = new StartingAutoencoder(new AutoencoderSource(training.vae()), List.of(8));
        Path out = folder.resolve("finer");
        train(Presets.vae(start.config(), 32), new VaeFolders(Optional.of(start), out), 1);
        VaeConfig before = new AutoencoderSource(training.vae()).config();
        VaeConfig after = new AutoencoderSource(out).config();
        assertThat(after.downsamplingFactor()).isEqualTo(2 * before.downsamplingFactor());
        assertThat(after.latentChannels()).isEqualTo(before.latentChannels());
        assertThat(after.sampleSize()).isEqualTo(32);
    }

    @Test
    void alignedLatentsAreNearThoseOfAnotherAutoencoder() {
        Path moved = folder.resolve("moved");
        train(continued("{\"training\": {\"seed\": 7}}"), VaeFolders.fresh(moved), 3);
        Path aligned = folder.resolve("aligned");
        new AlignedAutoencoder(new AutoencoderSource(moved), new AutoencoderSource(training.vae()))
                .write(ImageDataset.open(training.data()), aligned);
        assertThat(distance(aligned, training.vae())).isLessThan(0.8 * distance(moved, training.vae()));
    }

    /** Between the latents of unit variance that both have for the same image, root of the mean square. */
    private static double distance(Path one, Path two) {
        try (NDManager manager = TorchEngine.newManager();
                AutoencoderKl first = AutoencoderKl.load(one, manager);
                AutoencoderKl second = AutoencoderKl.load(two, manager)) {
            NDArray pixels = Pixels.of(
                    List.of(ImageTransform.square(16).read(training.data().resolve("0.png"))), manager);
            return Gradients.off(() -> Scope.call(() -> Math.sqrt(scaled(first, pixels)
                    .sub(scaled(second, pixels))
                    .square()
                    .mean()
                    .getFloat())));
        }
    }

    private static NDArray scaled(AutoencoderKl vae, NDArray pixels) {
        return vae.config().latentScale().apply(vae.encode(pixels).mean());
    }

    @Test
    void autoencodersThatMakeOtherLatentsOfAnImageAreNotAligned() {
        StartingAutoencoder finer = new StartingAutoencoder(new AutoencoderSource(training.vae()), List.of(8));
        Path out = folder.resolve("of-smaller-images");
        VaeRecipe recipe = Presets.vae(finer.config(), 16);
        train(recipe, new VaeFolders(Optional.of(finer), out), 1);
        assertThatThrownBy(
                        () -> new AlignedAutoencoder(new AutoencoderSource(out), new AutoencoderSource(training.vae())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 4x4x4 latents and one of 16 has 4x8x8");
    }

    @Test
    void aDecoderThatLearnsByItselfLeavesLatentsWhatTheyAre() {
        VaeRecipe recipe = continued("{\"training\": {\"learning_rate_schedule\": \"constant\"}}")
                .decoderOnly();
        Path out = folder.resolve("decoder");
        train(recipe, training.vae(), out, 2);
        assertThat(changed(training.vae(), out))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("decoder.") || name.startsWith("post_quant_conv."));
        assertThat(new AutoencoderSource(out).config()).isEqualTo(new AutoencoderSource(training.vae()).config());
        train(recipe, training.vae(), folder.resolve("decoder-in-parts"), 1);
        train(recipe, training.vae(), folder.resolve("decoder-in-parts"), 2);
        assertThat(changed(out, folder.resolve("decoder-in-parts"))).isEmpty();
    }

    @Test
    void aDecoderByItselfNeedsATrainedEncoder() {
        VaeRecipe recipe = continued("{\"trained\": \"decoder\"}");
        assertThatThrownBy(() -> train(recipe, VaeFolders.fresh(folder.resolve("no-encoder")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trained encoder");
        assertThat(folder.resolve("no-encoder")).doesNotExist();
    }

    @Test
    void aRecipeForAnotherNetworkIsRefused() {
        VaeRecipe other = continued("{\"vae\": {\"latent_channels\": 8}}");
        assertThatThrownBy(() -> train(other, training.vae(), folder.resolve("refused"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("latent_channels is 8 in the recipe but 4 there")
                .hasMessageContaining("leave them out");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private static VaeRecipe continued(String recipe) {
        return Presets.vae(new AutoencoderSource(training.vae()).config(), 16).with(RecipeOverlay.parse(recipe));
    }

    private static void train(VaeRecipe recipe, Path start, Path out, int steps) {
        train(recipe, VaeFolders.from(start, out), steps);
    }

    private static void train(VaeRecipe recipe, VaeFolders folders, int steps) {
        TrainingSession session = new TrainingSession(new Budget.Steps(steps), true, TrainingListener.NONE);
        VaeTrainer.train(recipe, ImageDataset.open(training.data()), folders, session);
    }

    private static void assertSameWeights(Path expected, Path actual) {
        assertThat(new AutoencoderSource(actual).config()).isEqualTo(new AutoencoderSource(expected).config());
        assertThat(changed(expected, actual)).isEmpty();
    }

    /** The names of the tensors that differ by more than a step of next to no size could make them. */
    private static List<String> changed(Path before, Path after) {
        try (NDManager manager = TorchEngine.newManager();
                AutoencoderKl one = AutoencoderKl.load(before, manager);
                AutoencoderKl other = AutoencoderKl.load(after, manager)) {
            return one.parameters().entrySet().stream()
                    .filter(entry -> {
                        NDArray value = other.parameters().get(entry.getKey()).value();
                        return value.sub(entry.getValue().value()).abs().max().getFloat() > 1e-6;
                    })
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
