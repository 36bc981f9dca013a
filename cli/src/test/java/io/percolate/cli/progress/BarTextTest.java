package io.percolate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.command.progress.BarText;
import io.percolate.pipeline.training.session.TrainingProgress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarTextTest {

    @Test
    void lineSaysWhatRunsHowMuchIsDoneAndTheDetails() {
        assertThat(BarText.line("generating", 0.45, "1 of 2 images, step 18 of 40", 60))
                .isEqualTo("generating  45 % [====       ] 1 of 2 images, step 18 of 40")
                .hasSize(59);
    }

    @Test
    void onlyWhatIsFinishedIsFull() {
        assertThat(BarText.line("writing", 0.999, "", 80))
                .startsWith("writing  99 % [")
                .endsWith("= ] ");
        assertThat(BarText.line("writing", 1, "", 80))
                .startsWith("writing 100 % [")
                .endsWith("=] ");
    }

    @Test
    void longTrainingsFitEightyColumnsWithTheTimeLeft() {
        TrainingProgress progress = new TrainingProgress(
                1_234_567, 360_000, 0.9, Map.of("loss", 0.12345, "images_per_second", 123.45), () -> {});
        String line = BarText.line("training", 0.9, TrainingBar.details(progress, 0.12345, "11:06:40 left"), 80);
        assertThat(line)
                .hasSizeLessThan(80)
                .contains("= ")
                .endsWith("step 1,234,567, loss 0.1235, 123.5 images/s, 11:06:40 left");
    }

    @Test
    void theBarGivesWayToDetailsInNarrowTerminals() {
        assertThat(BarText.line("generating", 0.5, "1 of 2 images, step 20 of 40", 50))
                .isEqualTo("generating  50 % 1 of 2 images, step 20 of 40");
        assertThat(BarText.line("generating", 0.5, "1 of 2 images, step 20 of 40", 30))
                .isEqualTo("generating  50 % 1 of 2 image");
    }

    @Test
    void wideTerminalsGetEightyColumnsToo() {
        assertThat(BarText.line("generating", 0.5, "step 20 of 40", 300)).hasSize(79);
    }
}
