package io.percolate.pipeline.training.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.tiny.TinyConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyRecipeTest {

    private static final TinyRecipe EMBEDDED =
            TinyRecipe.of(VaeRecipe.embedded().vae());

    @TempDir
    private Path folder;

    @Test
    void theImitationOfStableDiffusionHasThePublishedShape() {
        TinyRecipe recipe = TinyRecipe.of(VaeConfig.stableDiffusion());
        assertThat(recipe.tiny().shape()).isEqualTo(TinyConfig.PUBLISHED);
        assertThat(recipe.images().resolution()).isEqualTo(512);
        assertThat(recipe.images().trainedSide()).isEqualTo(256);
    }

    @Test
    void aNarrowTeacherHasANarrowPupilWithFewBlocksWhereImagesAreLarge() {
        TinyConfig shape = EMBEDDED.tiny().shape();
        assertThat(shape.width()).isEqualTo(24);
        assertThat(shape.decoderBlocks()).isEqualTo(List.of(3, 3, 1, 0));
        assertThat(shape.encoderBlocks()).isEqualTo(List.of(0, 1, 3, 3));
        assertThat(shape.channels().latent())
                .isEqualTo(VaeRecipe.embedded().vae().latentChannels());
    }

    @Test
    void aPupilIsThreeQuartersAsWideAsItsTeacherWhereImagesAreLarge() {
        VaeConfig teacher = VaeConfig.of(List.of(32, 64, 128), 1, 4, 8);
        assertThat(TinyRecipe.of(teacher, 64).tiny().shape().width()).isEqualTo(24);
    }

    @Test
    void aRecipeReadsBackEqual() {
        TinyRecipe changed = EMBEDDED.with(
                RecipeOverlay.parse(
                        """
                {"tiny": {"width": 8, "target": "teacher", "latent_magnitude": 4},
                 "loss": {"reconstruction": "l1", "gradient_weight": 0.5, "frequency_weight": 0.1},
                 "perceptual": {"file": "vgg.pt"},
                 "images": {"resolution": 256, "crop_side": 128},
                 "training": {"batch_size": 2}}"""));
        changed.write(folder.resolve("recipe.json"));
        assertThat(EMBEDDED.with(RecipeOverlay.read(folder.resolve("recipe.json"))))
                .isEqualTo(changed)
                .isNotEqualTo(EMBEDDED);
    }

    @Test
    void aRecipeOfOneKeyChangesThatKeyAlone() {
        assertThat(EMBEDDED.with(RecipeOverlay.parse("{\"training\": {\"batch_size\": 7}}")))
                .isEqualTo(EMBEDDED.withPlan(EMBEDDED.plan().withBatchSize(7)));
    }

    @Test
    void squaresAreNoLargerThanImages() {
        assertThatThrownBy(() -> EMBEDDED.with(RecipeOverlay.parse("{\"images\": {\"crop_side\": 256}}")))
                .hasMessageContaining("crop_side 256 of images of 128");
        assertThat(TinyRecipe.of(VaeConfig.stableDiffusion())
                        .withResolution(128)
                        .images()
                        .trainedSide())
                .isEqualTo(128);
    }
}
