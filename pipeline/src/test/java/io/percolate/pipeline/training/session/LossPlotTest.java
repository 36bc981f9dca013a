package io.percolate.pipeline.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

class LossPlotTest {

    @TempDir
    private Path folder;

    @Test
    void theAxisGoesFromPowerToPowerOfTenHoweverCloseTheLossesAre() throws IOException {
        XYChart chart = LossPlot.chart(Map.of("loss", log(0.23, 0.21)), "step");
        assertThat(chart.getStyler().getYAxisMin()).isEqualTo(0.1);
        assertThat(chart.getStyler().getYAxisMax()).isEqualTo(1.0);
    }

    @Test
    void lossesAtPowersOfTenHaveAnAxis() throws IOException {
        XYChart chart = LossPlot.chart(Map.of("loss", log(1, 1)), "step");
        assertThat(chart.getStyler().getYAxisMin()).isEqualTo(1.0);
        assertThat(chart.getStyler().getYAxisMax()).isEqualTo(10.0);
    }

    @Test
    void theLossOfHeldOutImagesHasALineOfItsOwn() throws IOException {
        Path file = log(0.5, 0.4);
        Files.writeString(
                file,
                """
                {"step":1.0,"seconds":1.0,"held_out_loss":0.7}
                {"step":2.0,"seconds":2.0,"held_out_loss":0.6}
                """,
                StandardOpenOption.APPEND);
        XYChart chart = LossPlot.chart(Map.of("loss", file), "step");
        assertThat(chart.getSeriesMap().get("held-out loss").getYData()).containsExactly(0.7, 0.6);
        assertThat(chart.getSeriesMap().get("loss").getYData()).containsExactly(0.5, 0.4);
    }

    @Test
    void twoStepsAreEnoughForAPlot() throws IOException {
        LossPlot.write(log(0.5, 0.4), folder.resolve("loss.png"));
        assertThat(folder.resolve("loss.png")).exists();
    }

    private Path log(double... losses) throws IOException {
        Path file = folder.resolve("log.jsonl");
        TrainingLog log = new TrainingLog(file, 0, new LogWindow());
        for (int i = 0; i < losses.length; i++) {
            log.add(i + 1, i, Map.of("loss", losses[i]));
        }
        assertThat(Files.readAllLines(file)).hasSize(losses.length);
        return file;
    }
}
