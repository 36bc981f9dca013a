package io.percolate.pipeline.training.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.diffusion.unet.BlockAttention;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.pipeline.images.CropScales;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {

    private static final int MOST_ATTENDED = 32 * 32;

    @Test
    void theSizesOfTheEmbeddedRecipesHaveThoseRecipes() {
        VaeRecipe vae = VaeRecipe.embedded();
        assertThat(Presets.vae(128)).isEqualTo(vae);
        assertThat(Presets.latents(vae.vae(), 128)).isEqualTo(DiffusionRecipe.embedded(vae.vae()));
        assertThat(Presets.pixels(64)).isEqualTo(DiffusionRecipe.pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024})
    void everyAutoencoderMakesLatentsForTheDenoiserOfItsSize(int side) {
        VaeConfig vae = Presets.vae(side).vae();
        assertThat(vae.sampleSize()).isEqualTo(side);
        DiffusionRecipe denoiser = Presets.latents(vae, side);
        assertThat(denoiser.sampleSize())
                .isEqualTo(side / vae.downsamplingFactor())
                .isBetween(16, 64);
        assertThat(denoiser.unet().inChannels()).isEqualTo(vae.latentChannels());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024})
    void attentionIsWhereThereAreFewPixels(int side) {
        for (DiffusionRecipe recipe :
                List.of(Presets.pixels(side), Presets.latents(Presets.vae(side).vae(), side))) {
            List<Level> levels = recipe.unet().levels();
            int coarsest = recipe.sampleSize() >> (levels.size() - 1);
            assertThat(coarsest).isBetween(4, 16);
            assertThat(levels.get(levels.size() - 1).attention()).isEqualTo(BlockAttention.CONTEXT);
            for (int i = 0; i < levels.size(); i++) {
                if (levels.get(i).attention() != BlockAttention.NONE) {
                    assertThat((recipe.sampleSize() >> i) * (recipe.sampleSize() >> i))
                            .isLessThanOrEqualTo(MOST_ATTENDED);
                }
            }
            assertThat(recipe.withoutText().unet().family()).isEqualTo(UNetConfig.Family.PIXELS);
        }
    }

    @Test
    void largeAutoencodersLearnFromSquaresWithTheDetailsOfTheirImages() {
        assertThat(Presets.vae(256).trainedImages().crops()).isEmpty();
        assertThat(Presets.vae(256).trainedSide()).isEqualTo(256);
        assertThat(Presets.vae(1024).trainedSide()).isEqualTo(256);
        assertThat(Presets.vae(1024).trainedImages().crops()).isEqualTo(Optional.of(new CropScales(0.25, 1)));
    }

    @Test
    void aSmallerBatchHasSmallerSteps() {
        double usual =
                DiffusionRecipe.pixels().plan().optimizer().learningRate().peak();
        DiffusionRecipe quarter = Presets.pixels(256);
        assertThat(quarter.plan().batchSize()).isEqualTo(4);
        assertThat(quarter.plan().optimizer().learningRate().peak()).isEqualTo(usual / 2);
    }

    @Test
    void keysOfARecipeWin() {
        VaeRecipe recipe = Presets.vae(512)
                .with(RecipeOverlay.parse("{\"training\": {\"batch_size\": 3}, \"images\": {\"crop_side\": 512}}"));
        assertThat(recipe.plan().batchSize()).isEqualTo(3);
        assertThat(recipe.trainedSide()).isEqualTo(512);
        assertThat(recipe.vae()).isEqualTo(Presets.vae(512).vae());
    }

    @Test
    void aDenoiserIsForTheImagesOfItsAutoencoderUnlessOthersAreWanted() {
        VaeConfig vae = Presets.vae(512).vae();
        assertThat(Presets.latents(vae)).isEqualTo(Presets.latents(vae, 512)).isNotEqualTo(Presets.latents(vae, 256));
        assertThat(Presets.latents(vae).plan().batchSize()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"300, a multiple of 8", "2, a multiple of 4", "1000, a multiple of 16", "-8, at least 1"})
    void autoencodersRefuseWhatTheyCannotHalve(int side, String wayOut) {
        assertThatThrownBy(() -> Presets.vae(side))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(side))
                .hasMessageContaining(wayOut);
    }

    @Test
    void denoisersOfLatentsRefuseWhatTheTwoCannotHalve() {
        VaeConfig vae = Presets.vae(512).vae();
        assertThatThrownBy(() -> Presets.latents(vae, 500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "images of 500x500 but the autoencoder makes them 8 times smaller and this U-Net halves them"
                                + " 3 times: give a multiple of 64");
    }
}
