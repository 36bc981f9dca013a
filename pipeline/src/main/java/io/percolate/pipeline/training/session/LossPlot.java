package io.percolate.pipeline.training.session;

import io.percolate.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots the losses of training logs, logarithmic, as a PNG. */
public final class LossPlot {

    private static final String LOSS = "loss";
    private static final String HELD_OUT = "held_out_loss";

    private LossPlot() {}

    /**
     * Plots the entries of {@code log} that have a positive {@code loss}, and those that have a {@code held_out_loss};
     * nothing if there are fewer than two.
     */
    static void write(Path log, Path png) {
        write(Map.of("loss", log), "step", png);
    }

    /**
     * Plots several runs over the seconds that they took; those with fewer than two entries are left out.
     *
     * @param runs run folders by what to call them
     */
    public static void compare(Map<String, Path> runs, Path png) {
        Map<String, Path> logs = new LinkedHashMap<>();
        runs.forEach((name, run) -> logs.put(name, run.resolve("log.jsonl")));
        write(logs, "seconds", png);
    }

    private static void write(Map<String, Path> logs, String axis, Path png) {
        XYChart chart = chart(logs, axis);
        if (!chart.getSeriesMap().isEmpty()) {
            AtomicFile.write(png, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
        }
    }

    /** The axis of losses begins and ends at powers of ten: those are what it has numbers at. */
    static XYChart chart(Map<String, Path> logs, String axis) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title("training loss")
                .xAxisTitle(axis)
                .yAxisTitle("loss")
                .build();
        chart.getStyler().setYAxisLogarithmic(true).setLegendPosition(Styler.LegendPosition.InsideNE);
        logs.forEach((name, log) -> {
            add(chart, name, entries(log, LOSS), axis, LOSS);
            add(chart, "held-out " + name, entries(log, HELD_OUT), axis, HELD_OUT);
        });
        DoubleSummaryStatistics losses = chart.getSeriesMap().values().stream()
                .flatMapToDouble(series -> Arrays.stream(series.getYData()))
                .summaryStatistics();
        if (losses.getCount() > 0) {
            double least = Math.floor(Math.log10(losses.getMin()));
            double most = Math.max(least + 1, Math.ceil(Math.log10(losses.getMax())));
            chart.getStyler().setYAxisMin(Math.pow(10, least)).setYAxisMax(Math.pow(10, most));
        }
        return chart;
    }

    private static void add(XYChart chart, String name, List<Map<String, Double>> entries, String axis, String values) {
        if (entries.size() >= 2) {
            chart.addSeries(name, column(entries, axis), column(entries, values))
                    .setMarker(SeriesMarkers.NONE);
        }
    }

    private static List<Map<String, Double>> entries(Path log, String values) {
        try {
            return TrainingLog.read(log).stream()
                    .filter(entry -> entry.getOrDefault(values, 0.0) > 0)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log + ": " + e.getMessage(), e);
        }
    }

    private static double[] column(List<Map<String, Double>> entries, String name) {
        return entries.stream().mapToDouble(entry -> entry.get(name)).toArray();
    }
}
