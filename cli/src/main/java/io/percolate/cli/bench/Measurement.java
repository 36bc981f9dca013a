package io.percolate.cli.bench;

import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Flops;
import io.percolate.nn.engine.PeakMemory;
import org.jspecify.annotations.Nullable;

/**
 * A workload's step, measured.
 *
 * @param flops its arithmetic
 * @param seconds its median time
 * @param parameters scalars of the network
 * @param input what it worked on
 * @param peakMegabytes most resident memory so far, or null where the system does not tell
 */
record Measurement(Flops flops, double seconds, long parameters, String input, @Nullable Double peakMegabytes) {

    private static final int WARM_UPS = 2;

    /** Runs a step a few times untimed, the first of them counted, and then {@code steps} times. */
    static Measurement of(Workload workload, int passes, int steps) {
        Flops forward = FlopCounter.count(workload::step);
        for (int i = 1; i < WARM_UPS; i++) {
            workload.step();
        }
        double seconds =
                Stopwatch.median(Stopwatch.seconds(workload::step, steps).toArray());
        return new Measurement(
                forward.times(passes),
                seconds,
                workload.network().parameterCount(),
                workload.input(),
                PeakMemory.megabytes().stream().boxed().findFirst().orElse(null));
    }
}
