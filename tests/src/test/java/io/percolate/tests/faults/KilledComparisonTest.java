package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.percolate.pipeline.comparison.ComparisonPlan;
import io.percolate.pipeline.training.recipe.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, in processes of its own; arms on pixels are killed within one process, by ComparisonTest. */
@EnabledOnOs(OS.LINUX)
class KilledComparisonTest {

    private static final List<String> ARMS = List.of(
            """
            {"name": "latents", "space": "latents"}""",
            """
            {"name": "prior", "family": "vae"}""");

    private static final ComparisonPlan PLAN = ComparisonPlan.once(new Budget.Steps(1));
    private static final int KILLS = 2;

    @TempDir
    private Path folder;

    @Test
    void aKilledComparisonEndsWithTheSameNumbers() throws IOException, InterruptedException {
        JsonNode report = new KilledComparison(folder, ARMS, PLAN, 1).survive(KILLS);
        for (String arm : List.of("latents", "prior")) {
            JsonNode run = report.path("arms").path(arm).path("runs").path(0);
            assertThat(run.path("trainingMegabytes").asDouble()).isPositive();
            assertThat(run.path("generation").path("megabytes").asDouble()).isPositive();
        }
    }
}
