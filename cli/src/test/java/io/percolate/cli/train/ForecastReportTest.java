package io.percolate.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.training.memory.MemoryUse;
import io.percolate.pipeline.training.memory.NetworkMemory;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.ComputePlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import org.junit.jupiter.api.Test;

class ForecastReportTest {

    private static final TrainingForecast FORECAST = new TrainingForecast(
            TrainingPlan.DEFAULT.withCompute(ComputePlan.DEFAULT.withMicroBatch(3)),
            new MemoryUse(new NetworkMemory(40, 40, 60, 40), new NetworkMemory(5, 5, 10, 0), 100, 230),
            1.5,
            2_000_000,
            "to stay within 1.00G");

    @Test
    void memoryIsToldByKindAndTimeByTheBudget() {
        String text = new ForecastReport(FORECAST, new Budget.Steps(1000)).text();
        assertThat(text)
                .containsPattern("parameters +10,000,000")
                .containsPattern("discriminator mb +20.0")
                .containsPattern("total mb +530.0")
                .containsPattern("cache mb +2.0")
                .containsPattern("micro batch +3")
                .containsPattern("minutes +25.0")
                .containsPattern("reason +to stay within 1.00G");
    }

    @Test
    void programsReadTheSameNumbers() {
        assertThat(new ForecastReport(FORECAST, new Budget.Minutes(30)).json())
                .contains("\"steps\":1200", "\"activations_mb\":100.0", "\"gradient_checkpointing\":false");
    }
}
