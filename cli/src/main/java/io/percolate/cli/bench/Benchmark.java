package io.percolate.cli.bench;

/**
 * A measurement of this machine.
 *
 * @param subject what is measured
 * @param shape of which model
 * @param setting how
 */
public record Benchmark(Subject subject, ModelShape shape, Setting setting) {

    /** Measures the network, and then, after it is freed, the machine. */
    public BenchmarkReport run() {
        return BenchmarkReport.of(this, measure(), MachinePeak.measure(setting.precision()));
    }

    int batch() {
        return subject.inputs(setting).batch();
    }

    private Measurement measure() {
        try (Workload workload = subject.workload(shape, setting)) {
            return Measurement.of(workload, subject.passes(), setting.steps());
        }
    }
}
