package io.percolate.pipeline.comparison;

import io.percolate.files.AtomicFile;
import io.percolate.pipeline.evaluation.PatchDistances;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** Draws the distances of each set of images, resolution by resolution, as a PNG. */
final class QualityPlot {

    private QualityPlot() {}

    static void draw(Quality quality, Path png) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(500)
                .title("distance to real images")
                .xAxisTitle("resolution")
                .yAxisTitle("sliced Wasserstein distance x 1000")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        add(chart, "other real images", quality.real());
        add(chart, "reconstructions", quality.autoencoder());
        add(chart, "generated in latents", quality.latents());
        add(chart, "generated on pixels", quality.pixels());
        AtomicFile.write(png, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
    }

    private static void add(CategoryChart chart, String name, PatchDistances distances) {
        chart.addSeries(
                name, distances.sides().stream().map(side -> side + "x" + side).toList(), distances.thousandths());
    }
}
