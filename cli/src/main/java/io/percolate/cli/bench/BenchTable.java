package io.percolate.cli.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, for people to read. */
final class BenchTable {

    private BenchTable() {}

    static String of(BenchmarkReport report) {
        String memory = report.peakMegabytes() == null
                ? "this system does not tell"
                : "%,.0f MB".formatted(report.peakMegabytes());
        return Stream.of(
                        row("network", network(report)),
                        row("input", report.input()),
                        row("time", time(report)),
                        row("arithmetic", arithmetic(report)),
                        row("speed", "%,.1f GFLOP/s".formatted(report.gflopPerSecond())),
                        row("machine", machine(report)),
                        row("floor", floor(report)),
                        row("peak memory", memory))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String network(BenchmarkReport report) {
        return "%s of %s, %,d parameters, %s"
                .formatted(word(report.subject()), report.shape(), report.parameters(), word(report.precision()));
    }

    private static String time(BenchmarkReport report) {
        return "%.4g s per step, %.4g samples/s (median of %d)"
                .formatted(report.secondsPerStep(), report.samplesPerSecond(), report.steps());
    }

    private static String arithmetic(BenchmarkReport report) {
        return "%,.4g GFLOP per step: convolution %,.4g, linear %,.4g, attention %,.4g"
                .formatted(report.gflop(), report.convolutionGflop(), report.linearGflop(), report.attentionGflop());
    }

    private static String machine(BenchmarkReport report) {
        return "%,.1f GFLOP/s in a large matrix product, %,.1f in a large convolution"
                .formatted(report.peakMatmul(), report.peakConvolution());
    }

    private static String floor(BenchmarkReport report) {
        return "%.4g s per step at the higher of the two speeds; the step takes %.2f times as long"
                .formatted(report.floorSeconds(), report.timesFloor());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String row(String name, String value) {
        return "%-12s %s".formatted(name, value);
    }
}
