package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.comparison.report.page.ChartScale;
import io.percolate.pipeline.comparison.report.page.SvgChart;
import io.percolate.pipeline.comparison.report.page.SvgChart.Line;
import io.percolate.pipeline.comparison.report.page.SvgChart.Point;
import io.percolate.pipeline.score.RatePoint;
import io.percolate.pipeline.score.RateReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Distortion over rate, a line for each arm and a point for each autoencoder. */
record RateChart(ComparisonReport report) {

    SvgChart chart() {
        List<Line> lines = new ArrayList<>();
        report.arms().forEach((name, arm) -> {
            RateReport rate = arm.first().rate();
            if (rate == null) {
                return;
            }
            lines.add(new Line(name, points(rate.points())));
            if (rate.autoencoder() != null) {
                lines.add(new Line("autoencoder of " + name, points(List.of(rate.autoencoder()))));
            }
        });
        return new SvgChart(
                "Error over bits sent",
                "bits per pixel dimension",
                "RMSE, levels of 255",
                ChartScale.fromZero(largest(lines, Point::x)),
                ChartScale.fromZero(largest(lines, Point::y)),
                lines);
    }

    private static List<Point> points(List<RatePoint> rate) {
        return rate.stream()
                .map(point -> new Point(point.rate(), point.distortion(), 0))
                .toList();
    }

    private static double largest(List<Line> lines, ToDoubleFunction<Point> number) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(number)
                .max()
                .orElse(0);
    }
}
