package io.percolate.pipeline.training;

import io.percolate.weights.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the loss of a training log over its steps, logarithmic, as a PNG. */
final class LossPlot {

    private LossPlot() {}

    /** Plots the entries of {@code log} that have a positive {@code loss}; nothing if there are fewer than two. */
    static void draw(Path log, Path png) {
        List<Map<String, Double>> entries = entries(log);
        if (entries.size() < 2) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title("training loss")
                .xAxisTitle("step")
                .yAxisTitle("loss")
                .build();
        chart.getStyler().setYAxisLogarithmic(true).setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.addSeries("loss", column(entries, "step"), column(entries, "loss"))
                .setMarker(SeriesMarkers.NONE);
        WholeFile.write(png, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
    }

    private static List<Map<String, Double>> entries(Path log) {
        try {
            return TrainingLog.read(log).stream()
                    .filter(entry -> entry.getOrDefault("loss", 0.0) > 0)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log + ": " + e.getMessage(), e);
        }
    }

    private static double[] column(List<Map<String, Double>> entries, String name) {
        return entries.stream().mapToDouble(entry -> entry.get(name)).toArray();
    }
}
