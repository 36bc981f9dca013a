package io.percolate.pipeline.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.memory.ImageCost;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DurationForecastTest {

    /** A step of 16 images takes 10.6 s, a prediction 0.2 s: 2 arms * 3 * 96 images * 20 steps * 2 * 0.2 s. */
    private static final List<DurationForecast.Arm> MEASURED =
            List.of(new DurationForecast.Arm(16, new ImageCost(1, 0.6, 1)));

    @Test
    void minutesAreWhatTheyAreAndImagesComeOnTop() {
        assertThat(forecast(new Budget.Minutes(6), MEASURED))
                .isEqualTo(
                        "2 trainings of 6.0 minutes each, in wall-clock time: about 12 minutes, and 77 to generate and"
                                + " to measure");
    }

    @Test
    void stepsTakeWhatWasMeasured() {
        assertThat(forecast(new Budget.Steps(100), MEASURED))
                .startsWith("2 trainings of 100 steps each, in wall-clock time: about 36 minutes");
    }

    private static String forecast(Budget budget, List<DurationForecast.Arm> measured) {
        ArmRecipe pixels = ArmRecipe.pixels(DiffusionRecipe.pixels());
        return new DurationForecast(
                        new ComparisonSettings(
                                Path.of("data"),
                                Path.of("out"),
                                List.of(pixels, new ArmRecipe("again", pixels.model())),
                                ComparisonPlan.once(budget),
                                new SampleBudget(96, 20),
                                Optional.empty()),
                        measured)
                .toString();
    }
}
