package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.MemorySize;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.DiffusionTrainer;
import io.percolate.pipeline.training.VaeTrainer;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training within a memory budget, or what it would take. */
class MemoryBudgetTest {

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
        assertThat(forecast.memory().total()).isGreaterThan(forecast.memory().weights());
        assertThat(forecast.secondsPerStep()).isPositive();
        assertThat(forecast.cacheBytes()).isZero();
        assertThat(out).doesNotExist();
    }

    private VaeRecipe within(String memory) {
        VaeRecipe recipe = VaeRecipe.read(training.vaeRecipe());
        return recipe.withPlan(recipe.plan().withCompute(recipe.plan().compute().withMemory(MemorySize.parse(memory))));
    }
}
