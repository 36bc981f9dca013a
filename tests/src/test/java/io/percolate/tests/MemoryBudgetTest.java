package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.percolate.files.MemorySize;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.ComputePlan;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training within a memory budget, or what it would take. */
class MemoryBudgetTest {

    private static final String HELD_OUT =
            """
            {"training": {"validation_share": 0.25, "validation_steps": 1}}""";

    @TempDir
    private Path folder;

    private TinyTraining training;

    @BeforeEach
    void draw() {
        training = new TinyTraining(folder);
        training.draw();
    }

    @Test
    void aBudgetWithRoomTakesTheWholeBatchAndIsInTheRecipe() {
        VaeRecipe recipe = within("64G");
        VaeTrainer.train(recipe, ImageDataset.open(training.data()), training.vae(), new Budget.Steps(1), false);
        VaeRecipe written = VaeRecipe.read(training.vae().resolve("recipe.json"));
        assertThat(written.plan().compute().microBatch()).hasValue(recipe.plan().batchSize());
        assertThat(written.plan().compute().gradientCheckpointing()).isFalse();
        assertThat(written.plan().compute().memory()).contains(MemorySize.parse("64G"));
    }

    @Test
    void aBudgetWithoutRoomIsRefusedWithTheSmallestThatWouldDo() {
        VaeRecipe recipe = within("1M");
        ImageDataset dataset = ImageDataset.open(training.data());
        assertThatThrownBy(() -> VaeTrainer.train(recipe, dataset, training.vae(), new Budget.Steps(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("memory 0.01G is too little")
                .hasMessageContaining("the smallest that would do is");
        assertThat(training.vae()).doesNotExist();
    }

    @Test
    void aForecastOfADenoiserLeavesNothingBehind() {
        Path out = folder.resolve("forecast");
        DiffusionRecipe recipe = training.pixelRecipe();
        TrainingForecast forecast =
                DiffusionTrainer.forecast(recipe, ImageDataset.open(training.data()), DiffusionFolders.onPixels(out));
        assertThat(forecast.memory().parameters()).isGreaterThan(10_000);
        assertThat(forecast.memory().total())
                .isGreaterThan(forecast.memory().network().weights());
        assertThat(forecast.secondsPerStep()).isPositive();
        assertThat(forecast.cacheBytes()).isZero();
        assertThat(out).doesNotExist();
    }

    @Test
    void aDiscriminatorIsMeasuredEvenIfItEntersLater() {
        RecipeOverlay judged = RecipeOverlay.parse(
                """
                {"discriminator": {"weight": 0.5, "width": 8, "layers": 2, "start_step": 1000},
                 "training": {"validation_share": 0.25}}""");
        VaeRecipe recipe = within("64G").with(judged);
        TrainingForecast forecast = VaeTrainer.forecast(recipe, ImageDataset.open(training.data()));
        // 8 x 3 x 16 + 8, 16 x 8 x 16, 32 x 16 x 16, 1 x 32 x 16 + 1, and 4 numbers for each normalised channel
        double weights = 392 + 2048 + 8192 + 513 + 4 * (16 + 32);
        assertThat(forecast.memory().discriminator().weights()).isEqualTo(weights * 4 / 1e6, offset(1e-5));
        assertThat(forecast.memory().discriminator().optimizer()).isPositive();
        assertThat(forecast.plan().compute().microBatch())
                .hasValue(recipe.plan().batchSize());
    }

    @Test
    void aRunWithinABudgetJudgesAndEncodesWhatIsLeft() {
        VaeRecipe recipe = within("64G").with(RecipeOverlay.parse(HELD_OUT));
        VaeTrainer.train(recipe, ImageDataset.open(training.data()), training.vae(), new Budget.Steps(1), false);
        DiffusionRecipe denoiser = training.diffusionRecipe().with(RecipeOverlay.parse(HELD_OUT));
        ComputePlan compute = denoiser.plan().compute().withMemory(MemorySize.parse("64G"));
        DiffusionTrainer.train(
                denoiser.withPlan(denoiser.plan().withCompute(compute)),
                ImageDataset.open(training.data()),
                DiffusionFolders.inLatents(training.vae(), training.model()),
                new Budget.Steps(1),
                false);
        assertThat(training.model().resolve("log.jsonl")).content().contains("held_out_loss");
    }

    private VaeRecipe within(String memory) {
        VaeRecipe recipe = VaeRecipe.read(training.vaeRecipe());
        return recipe.withPlan(recipe.plan().withCompute(recipe.plan().compute().withMemory(MemorySize.parse(memory))));
    }
}
