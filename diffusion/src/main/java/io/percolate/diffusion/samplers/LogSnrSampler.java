package io.percolate.diffusion.samplers;

import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Steps;

/** A solver in lambda, half the log signal-to-noise ratio (Lu et al. 2022). */
interface LogSnrSampler extends VariancePreservingSampler {

    @Override
    default Steps plan(SigmaSchedule schedule, int count, int skipped) {
        return Steps.between(schedule.solverLevels(count), count).from(skipped);
    }
}
