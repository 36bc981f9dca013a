package io.percolate.cli.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.percolate.nn.engine.Flops;
import io.percolate.nn.engine.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Benchmark} found.
 *
 * @param subject what was measured
 * @param shape name of the shape, or its file
 * @param precision what was computed in
 * @param input what a step worked on
 * @param parameters scalars of the network
 * @param steps number of steps timed
 * @param secondsPerStep their median
 * @param samplesPerSecond batch by seconds
 * @param gflop arithmetic of a step, in 10^9 operations
 * @param convolutionGflop the convolutions' part
 * @param linearGflop the linear layers' part
 * @param attentionGflop the attention's part
 * @param gflopPerSecond speed reached
 * @param peakMatmul speed of a large matrix product on this machine, in GFLOP/s
 * @param peakConvolution speed of a large convolution on this machine, in GFLOP/s
 * @param floorSeconds what the step would take at the larger of the two
 * @param timesFloor seconds per step by that
 * @param peakMegabytes most resident memory so far, or null where the system does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchmarkReport(
        Subject subject,
        String shape,
        Precision precision,
        String input,
        long parameters,
        int steps,
        double secondsPerStep,
        double samplesPerSecond,
        double gflop,
        double convolutionGflop,
        double linearGflop,
        double attentionGflop,
        double gflopPerSecond,
        double peakMatmul,
        double peakConvolution,
        double floorSeconds,
        double timesFloor,
        @Nullable Double peakMegabytes) {

    /** Puts together what was measured. */
    static BenchmarkReport of(Benchmark benchmark, Measurement step, MachinePeak peak) {
        Flops flops = step.flops();
        double gflop = flops.total() / 1e9;
        double floor = gflop / peak.best();
        return new BenchmarkReport(
                benchmark.subject(),
                benchmark.shape().toString(),
                benchmark.setting().precision(),
                step.input(),
                step.parameters(),
                benchmark.setting().steps(),
                step.seconds(),
                benchmark.batch() / step.seconds(),
                gflop,
                flops.convolution() / 1e9,
                flops.linear() / 1e9,
                flops.attention() / 1e9,
                gflop / step.seconds(),
                peak.matmul(),
                peak.convolution(),
                floor,
                step.seconds() / floor,
                step.peakMegabytes());
    }
}
