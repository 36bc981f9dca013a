package io.percolate.cluster.train;

import io.percolate.pipeline.training.parallel.ParallelMode;
import io.percolate.pipeline.training.parallel.ParallelPlan;
import io.percolate.pipeline.training.parallel.WireType;
import picocli.CommandLine.Option;

/** How workers share a training. */
final class SharingOptions {

    @Option(
            names = "--mode",
            paramLabel = "NAME",
            defaultValue = "local",
            converter = ModeName.class,
            completionCandidates = ModeName.class,
            description = "one of ${COMPLETION-CANDIDATES}: local has each worker take outer.steps steps of the recipe"
                    + " on images of its own, synchronous adds up the gradients of every step (default:"
                    + " ${DEFAULT-VALUE})")
    private ParallelMode mode;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "parts that the training is shared in, each a task of a round (default: the executors that"
                    + " --master names)")
    private Integer workers;

    @Option(
            names = "--wire",
            paramLabel = "NAME",
            converter = WireName.class,
            completionCandidates = WireName.class,
            description = "what workers send, one of ${COMPLETION-CANDIDATES}; what rounding takes comes in the next"
                    + " round (default: bf16, for synchronous training fp32)")
    private WireType wire;

    ParallelPlan plan(int executors) {
        WireType usual = mode == ParallelMode.LOCAL ? WireType.BF16 : WireType.FP32;
        return new ParallelPlan(mode, workers == null ? executors : workers, wire == null ? usual : wire);
    }
}
