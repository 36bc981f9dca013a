package io.percolate.pipeline.comparison.report.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line chart as SVG, which a page holds as it is. Lines differ in colour (those of Okabe and Ito 2008, which
 * colour-blind people tell apart), in marker and in dashes; letters are large enough on a phone.
 *
 * @param title what it shows
 * @param horizontal what the horizontal axis is, with its unit
 * @param vertical what the vertical axis is
 * @param x the horizontal axis
 * @param y the vertical one
 * @param lines what is shown
 */
public record SvgChart(String title, String horizontal, String vertical, ChartScale x, ChartScale y, List<Line> lines) {

    private static final double LEFT = 84;
    private static final double TOP = 44;
    private static final double WIDTH = 530;
    private static final double HEIGHT = 300;
    private static final int LEGEND_ROW = 28;

    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"
    };
    private static final String[] DASHES = {"none", "10 5", "3 4", "12 4 3 4"};

    /**
     * Points that belong together.
     *
     * @param name in the legend
     * @param points from left to right
     */
    public record Line(String name, List<Point> points) {}

    /**
     * A place in the chart.
     *
     * @param error how far up and down the bar around it goes
     */
    public record Point(double x, double y, double error) {}

    @Override
    public String toString() {
        double below = TOP + HEIGHT + 76;
        return svg(
                        "<svg viewBox=\"0 0 640 %.0f\" role=\"img\" aria-label=\"%s\">",
                        below + LEGEND_ROW * lines.size(), Html.text(title))
                + text(LEFT - 60, 24, "start", "class=\"title\"", title)
                + horizontalAxis()
                + verticalAxis()
                + IntStream.range(0, lines.size()).mapToObj(this::line).collect(Collectors.joining())
                + IntStream.range(0, lines.size())
                        .mapToObj(i -> legend(i, below + LEGEND_ROW * i))
                        .collect(Collectors.joining())
                + "</svg>";
    }

    private String horizontalAxis() {
        return x.ticks().stream()
                        .map(tick -> segment(across(tick), TOP, across(tick), TOP + HEIGHT, "class=\"grid\"")
                                + text(across(tick), TOP + HEIGHT + 22, "middle", "", ChartScale.label(tick)))
                        .collect(Collectors.joining())
                + text(LEFT + WIDTH / 2, TOP + HEIGHT + 48, "middle", "", horizontal);
    }

    private String verticalAxis() {
        return y.ticks().stream()
                        .map(tick -> segment(LEFT, up(tick), LEFT + WIDTH, up(tick), "class=\"grid\"")
                                + text(LEFT - 8, up(tick) + 6, "end", "", ChartScale.label(tick)))
                        .collect(Collectors.joining())
                + svg("<g transform=\"translate(20 %.1f) rotate(-90)\">", TOP + HEIGHT / 2)
                + text(0, 0, "middle", "", vertical)
                + "</g>";
    }

    private String line(int index) {
        Line line = lines.get(index);
        String points = line.points.stream()
                .map(point -> svg("%.1f,%.1f", across(point.x), up(point.y)))
                .collect(Collectors.joining(" "));
        return svg(
                        "<polyline fill=\"none\" stroke-width=\"3\" stroke-dasharray=\"%s\" stroke=\"%s\" points=\"%s\"/>",
                        dashes(index), colour(index), points)
                + line.points.stream().map(point -> point(point, index)).collect(Collectors.joining());
    }

    private String point(Point point, int index) {
        String bar = point.error > 0
                ? segment(
                        across(point.x),
                        up(point.y - point.error),
                        across(point.x),
                        up(point.y + point.error),
                        "stroke-width=\"2\" stroke=\"" + colour(index) + "\"")
                : "";
        return bar + marker(across(point.x), up(point.y), index);
    }

    private String legend(int index, double at) {
        return segment(
                        LEFT - 60,
                        at,
                        LEFT - 14,
                        at,
                        svg("stroke-width=\"3\" stroke-dasharray=\"%s\" stroke=\"%s\"", dashes(index), colour(index)))
                + marker(LEFT - 37, at, index)
                + text(LEFT - 4, at + 6, "start", "", lines.get(index).name);
    }

    /** A circle, a square, a triangle or a diamond. */
    private static String marker(double x, double y, int index) {
        String fill = "fill=\"" + colour(index) + "\"";
        return switch (index % 4) {
            case 0 -> svg("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" %s/>", x, y, fill);
            case 1 -> svg("<rect x=\"%.1f\" y=\"%.1f\" width=\"11\" height=\"11\" %s/>", x - 5.5, y - 5.5, fill);
            case 2 -> path("M%.1f %.1fl7 12h-14z", x, y - 7, fill);
            default -> path("M%.1f %.1fl7 7l-7 7l-7 -7z", x, y - 7, fill);
        };
    }

    private static String path(String shape, double x, double y, String fill) {
        return "<path d=\"" + svg(shape, x, y) + "\" " + fill + "/>";
    }

    private static String segment(double x1, double y1, double x2, double y2, String style) {
        return svg("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", x1, y1, x2, y2, style);
    }

    private static String text(double x, double y, String anchor, String style, String text) {
        return svg("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>", x, y, anchor, style, Html.text(text));
    }

    private static String svg(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private double across(double value) {
        return LEFT + WIDTH * x.place(value);
    }

    private double up(double value) {
        return TOP + HEIGHT * (1 - Math.max(-0.02, Math.min(1.02, y.place(value))));
    }

    private static String colour(int index) {
        return COLOURS[index % COLOURS.length];
    }

    private static String dashes(int index) {
        return DASHES[index % DASHES.length];
    }
}
