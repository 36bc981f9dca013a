package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.comparison.report.page.ChartScale;
import io.percolate.pipeline.comparison.report.page.SvgChart;
import io.percolate.pipeline.comparison.report.page.SvgChart.Line;
import io.percolate.pipeline.comparison.report.page.SvgChart.Point;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Charts of quality on the way, all arms together; bars are the deviation over seeds. */
record QualityCharts(ComparisonReport report) {

    /** Over the minutes of training. */
    SvgChart overTime() {
        return chart("training time in minutes", point -> point.seconds() / 60);
    }

    /** Over the arithmetic of training. */
    SvgChart overArithmetic() {
        return chart("training arithmetic in TFLOP", point -> point.gflop() / 1000);
    }

    private SvgChart chart(String horizontal, ToDoubleFunction<QualityPoint> along) {
        List<Line> lines = new ArrayList<>();
        report.arms().forEach((name, arm) -> lines.add(new Line(name, points(arm, along))));
        DoubleSummaryStatistics x = statistics(lines, Point::x);
        DoubleSummaryStatistics y = statistics(lines, point -> point.y() + point.error());
        return new SvgChart(
                "Distance of generated images to real ones",
                horizontal + " (log scale)",
                "distance x 1000",
                ChartScale.logarithmic(x.getMin(), x.getMax()),
                ChartScale.fromZero(y.getMax()),
                lines);
    }

    private static DoubleSummaryStatistics statistics(List<Line> lines, ToDoubleFunction<Point> number) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(number)
                .summaryStatistics();
    }

    /** The points of all seeds together; the first, noise, took no time and has no place on such an axis. */
    private static List<Point> points(ArmReport arm, ToDoubleFunction<QualityPoint> along) {
        int count =
                arm.runs().stream().mapToInt(run -> run.along().size()).min().orElseThrow();
        return IntStream.range(1, count)
                .mapToObj(i -> {
                    Spread distance =
                            arm.over(run -> run.along().get(i).quality().distance());
                    double x = arm.over(run -> along.applyAsDouble(run.along().get(i)))
                            .mean();
                    return new Point(Math.max(x, 1e-9), distance.mean(), distance.deviation());
                })
                .toList();
    }
}
