package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.comparison.report.page.ChartScale;
import io.percolate.pipeline.comparison.report.page.SvgChart;
import io.percolate.pipeline.comparison.report.page.SvgChart.Line;
import io.percolate.pipeline.comparison.report.page.SvgChart.Point;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What each timestep adds to the bound, a line for each arm that has timesteps. */
record BoundChart(ComparisonReport report) {

    /** The chart; empty if no arm has a term to show: densities of latents can be negative, and have no place in it. */
    Optional<SvgChart> chart() {
        List<Line> lines = new ArrayList<>();
        report.arms().forEach((name, arm) -> {
            BoundSummary bound = arm.first().bound();
            List<Point> points = bound == null ? List.of() : points(bound);
            if (!points.isEmpty()) {
                lines.add(new Line(name, points));
            }
        });
        return lines.isEmpty() ? Optional.empty() : Optional.of(chart(lines));
    }

    private static SvgChart chart(List<Line> lines) {
        DoubleSummaryStatistics x = statistics(lines, Point::x);
        DoubleSummaryStatistics y = statistics(lines, Point::y);
        return new SvgChart(
                "What each timestep adds to the bound",
                "timestep + 1 (log scale; noise grows to the right)",
                "bits per pixel dimension",
                ChartScale.logarithmic(x.getMin(), x.getMax()),
                ChartScale.logarithmic(y.getMin(), y.getMax()),
                lines);
    }

    private static List<Point> points(BoundSummary bound) {
        return bound.terms().stream()
                .filter(term -> term.bits() > 0)
                .map(term -> new Point(term.timestep() + 1, term.bits(), 0))
                .toList();
    }

    private static DoubleSummaryStatistics statistics(List<Line> lines, ToDoubleFunction<Point> number) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(number)
                .summaryStatistics();
    }
}
