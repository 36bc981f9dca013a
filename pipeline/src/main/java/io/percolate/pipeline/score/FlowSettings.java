package io.percolate.pipeline.score;

import io.percolate.diffusion.sde.FlowLikelihood;
import io.percolate.diffusion.sde.OdeSolver;
import io.percolate.diffusion.sde.Probe;

/**
 * How the likelihood of the probability flow is measured.
 *
 * @param solver how exactly the flow is followed
 * @param probe what its divergence is measured with
 * @param count number of probes of each image
 */
public record FlowSettings(OdeSolver solver, Probe probe, int count) {

    /** Tolerance 1e-5, two probes. */
    public static final FlowSettings DEFAULT = new FlowSettings(OdeSolver.DEFAULT, Probe.RADEMACHER, 2);

    public FlowSettings {
        new FlowLikelihood(solver, probe, count);
    }

    FlowLikelihood likelihood() {
        return new FlowLikelihood(solver, probe, count);
    }
}
