package io.percolate.pipeline.score;

import io.percolate.files.AtomicFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The terms of a bound over the timesteps, and their running sum from low noise to high, both axes logarithmic: timestep
 * 0 is at 1. Terms that are not positive, as the densities of latents can be, are left out.
 */
public final class BoundPlot {

    private BoundPlot() {}

    /** Writes a PNG. */
    public static void write(LikelihoodReport report, Path png) {
        AtomicFile.write(png, out -> BitmapEncoder.saveBitmap(chart(report), out, BitmapEncoder.BitmapFormat.PNG));
    }

    static XYChart chart(LikelihoodReport report) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title("variational bound over timesteps")
                .xAxisTitle("timestep + 1 (noise grows to the right)")
                .yAxisTitle(report.unit())
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setLegendPosition(Styler.LegendPosition.InsideNE);
        add(chart, "of one timestep", report.bound().terms(), BoundTerm::value);
        double[] sum = {0};
        add(chart, "sum up to here", report.bound().terms(), term -> sum[0] += term.value() * term.standsFor());
        return chart;
    }

    private static void add(XYChart chart, String name, List<BoundTerm> terms, ToDoubleFunction<BoundTerm> value) {
        double[] values = terms.stream().mapToDouble(value).toArray();
        double[] timesteps =
                terms.stream().mapToDouble(term -> term.timestep() + 1).toArray();
        double[] x = IntStream.range(0, values.length)
                .filter(i -> values[i] > 0)
                .mapToDouble(i -> timesteps[i])
                .toArray();
        double[] y = Arrays.stream(values).filter(v -> v > 0).toArray();
        if (y.length > 0) {
            chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
        }
    }
}
