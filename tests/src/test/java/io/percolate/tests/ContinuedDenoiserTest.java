package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.testing.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that go on from a denoiser that was trained before. */
class ContinuedDenoiserTest {

    /** Steps that change nothing. */
    private static final String STANDING_STILL =
            "{\"training\": {\"learning_rate\": 1e-12, \"weight_decay\": 0, \"precision\": \"fp32\", \"batch_size\": 4}}";

    @TempDir
    private static Path folder;

    private static TinyTraining training;

    @BeforeAll
    static void trainTheFirst() {
        training = new TinyTraining(folder);
        training.draw();
        training.trainVae(3);
        training.trainDiffusion(3);
    }

    @Test
    void aTrainingBeginsWithTheWeightsVocabularyAndShapeOfTheModel() throws IOException {
        Path out = folder.resolve("same");
        train(training.vae(), out);
        assertSameWeights(out, "");
        assertThat(out.resolve("tokenizer_2/vocab.json"))
                .hasSameTextualContentAs(training.model().resolve("tokenizer_2/vocab.json"));
        assertThat(Files.readString(out.resolve("recipe.json")).replaceAll("\\s", ""))
                .contains("\"block_out_channels\":[16,32]");
    }

    @Test
    void inOtherLatentsTheOuterConvolutionsBeginAnew() {
        Path out = folder.resolve("other");
        train(autoencoder(6, folder.resolve("vae-of-6")), out);
        assertSameWeights(out, "conv_(in|out)[.].*");
    }

    @Test
    void finerLevelsMakeItOneOfLargerImages() {
        Path out = folder.resolve("finer");
        int side = 2 * recipe(training.vae()).sampleSize();
        DiffusionRecipe larger =
                recipe(training.vae()).with(RecipeOverlay.parse("{\"unet\": {\"sample_size\": %d}}".formatted(side)));
        DiffusionFolders.StartingModel start = new DiffusionFolders.StartingModel(training.model(), List.of(16));
        DiffusionFolders folders = new DiffusionFolders(Optional.of(training.vae()), Optional.of(start), out);
        DiffusionTrainer.train(larger, ImageDataset.open(training.data()), folders, new Budget.Steps(1), false);
        UNetConfig trained = UNetFiles.config(out.resolve("unet"));
        assertThat(trained.levels()).extracting(Level::channels).containsExactly(16, 16, 32);
        assertThat(trained.sampleSize()).hasValue(side);
        assertThat(trained.timeWidth())
                .isEqualTo(UNetFiles.config(training.model().resolve("unet")).timeWidth());
    }

    @Test
    void aRecipeOfOtherChannelsThanTheLatentsIsRefused() {
        DiffusionFolders folders = folders(training.vae(), folder.resolve("refused"));
        DiffusionRecipe other = recipe(training.vae())
                .with(RecipeOverlay.parse("{\"unet\": {\"in_channels\": 6, \"out_channels\": 6}}"));
        assertThatThrownBy(() -> DiffusionTrainer.train(
                        other, ImageDataset.open(training.data()), folders, new Budget.Steps(1), false))
                .hasMessageContaining("from 6 to 6 channels")
                .hasMessageContaining("have 4");
    }

    private static Path autoencoder(int channels, Path out) {
        VaeRecipe recipe = VaeRecipe.read(training.vaeRecipe())
                .with(RecipeOverlay.parse("{\"vae\": {\"latent_channels\": %d}}".formatted(channels)));
        VaeTrainer.train(recipe, ImageDataset.open(training.data()), out, new Budget.Steps(1), false);
        return out;
    }

    private static void train(Path vae, Path out) {
        DiffusionTrainer.train(
                recipe(vae), ImageDataset.open(training.data()), folders(vae, out), new Budget.Steps(1), false);
    }

    private static DiffusionRecipe recipe(Path vae) {
        return DiffusionRecipe.embedded(vae).with(RecipeOverlay.parse(STANDING_STILL));
    }

    private static DiffusionFolders folders(Path vae, Path out) {
        return new DiffusionFolders(
                Optional.of(vae), Optional.of(DiffusionFolders.StartingModel.of(training.model())), out);
    }

    private static void assertSameWeights(Path model, String anew) {
        try (NDManager manager = TorchEngine.newManager()) {
            UNet before = UNetFiles.load(training.model().resolve("unet"), manager);
            UNet after = UNetFiles.load(model.resolve("unet"), manager);
            after.parameters().forEach((name, parameter) -> {
                if (!name.matches(anew)) {
                    assertThat(Reference.doubles(parameter.value()))
                            .as(name)
                            .usingComparatorWithPrecision(1e-6)
                            .containsExactly(Reference.doubles(
                                    before.parameters().get(name).value()));
                }
            });
        }
    }
}
