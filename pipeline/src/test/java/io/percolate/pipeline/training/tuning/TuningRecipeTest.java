package io.percolate.pipeline.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.recipe.RecipeException;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import io.percolate.weights.lora.LoraFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TuningRecipeTest {

    @TempDir
    Path folder;

    static List<TuningRecipe> recipes() {
        LoraPlan unusual = LoraPlan.DEFAULT
                .withRank(3)
                .withAlpha(1.5)
                .withText()
                .withTargets(List.of(LoraTargets.CONVOLUTIONS, LoraTargets.FEED_FORWARD))
                .withFormat(LoraFormat.KOHYA);
        TuningRecipe lora = TuningRecipe.lora();
        EmbeddingPlan token = EmbeddingPlan.of("<a>", "a").withVectors(3);
        return List.of(
                lora,
                lora.withAdaptation(unusual)
                        .withResolution(96)
                        .withCaptions(lora.captions().withTrigger("xyz").withClassCaption("a cat")),
                TuningRecipe.embedding("<a>", "a").withAdaptation(token),
                TuningRecipe.whole());
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aWrittenRecipeReadsBackEqual(TuningRecipe recipe) {
        Path file = folder.resolve("recipe.json");
        recipe.write(file);
        TuningRecipe usual = recipes().stream()
                .filter(other ->
                        other.adaptation().section().equals(recipe.adaptation().section()))
                .findFirst()
                .orElseThrow();
        assertThat(usual.with(RecipeOverlay.read(file))).isEqualTo(recipe);
    }

    @Test
    void whatMakesNoSenseIsRefusedByItsKey() {
        assertRefused("{\"lora\": {\"rank\": 0}}", "rank 0");
        assertRefused("{\"lora\": {\"rang\": 4}}", "rang");
        assertRefused("{\"lora\": {\"dropout\": 1}}", "dropout");
        assertRefused("{\"lora\": {\"targets\": [\"heads\"]}}", "choose from attention, feed_forward");
        assertRefused("{\"lora\": {\"targets\": []}}", "nothing would be trained");
        assertRefused("{\"captions\": {\"prior_weight\": 0}}", "prior_weight");
        assertRefused("{\"loss\": {\"noise_offset\": 2}}", "noise_offset");
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> TuningRecipe.lora().with(RecipeOverlay.parse(json)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(message);
    }

    @Test
    void captionsBeginWithTheTriggerAndImagesOfTheClassComeAsOften() {
        TuningRecipe lora = withoutValidation();
        TuningRecipe recipe =
                lora.withCaptions(lora.captions().withTrigger("xyz").withClassCaption("a cat"));
        TuningData data = TuningData.of(recipe, images("on a sofa", ""), Optional.of(images("", "", "", "")));
        List<ImageEntry> entries = data.trained().entries();
        assertThat(entries)
                .extracting(ImageEntry::caption)
                .containsExactly("xyz, on a sofa", "xyz", "a cat", "a cat", "a cat", "a cat");
        assertThat(entries).extracting(ImageEntry::weight).containsExactly(1.0, 1.0, 0.5, 0.5, 0.5, 0.5);
        assertThat(data.captions()).containsExactly("", "xyz, on a sofa", "xyz", "a cat");
    }

    @Test
    void imagesWithoutAnythingSaidOfThemAreRefused() {
        assertThatThrownBy(() -> TuningData.of(withoutValidation(), images("a"), Optional.of(images(""))))
                .hasMessageContaining("--class-caption");
        assertThatThrownBy(() -> TuningData.of(withoutValidation(), images(""), Optional.empty())
                        .requireCaptions())
                .hasMessageContaining("--trigger");
    }

    @Test
    void aTokenIsSaidInTemplatesUnlessACaptionHasIt() {
        EmbeddingPlan plan = EmbeddingPlan.of("<a>", "a");
        ImageEntry entry = images("a red <a>").entries().get(0);
        assertThat(plan.captioned(entry).captions()).containsExactly("a red <a>");
        assertThat(plan.captioned(images("a ball").entries().get(0)).captions())
                .hasSize(8)
                .contains("a photo of a <a>")
                .allMatch(caption -> caption.contains("<a>"));
    }

    private static TuningRecipe withoutValidation() {
        TuningRecipe lora = TuningRecipe.lora();
        return lora.withPlan(lora.plan().withSaving(lora.plan().saving().withValidation(ValidationPlan.NONE)));
    }

    private static ImageDataset images(String... captions) {
        List<ImageEntry> entries = List.of(captions).stream()
                .map(caption -> new ImageEntry(
                        Path.of(caption + ".png"), caption.isEmpty() ? List.of() : List.of(caption), Map.of()))
                .toList();
        return new ImageDataset(Path.of("images"), entries);
    }
}
