package io.percolate.diffusion.samplers;

/** A solver in lambda, half the log signal-to-noise ratio (Lu et al. 2022). */
interface LogSnrSampler extends VariancePreservingSampler {

    @Override
    default Steps plan(Discretisation levels, int count, int skipped) {
        return Steps.between(levels.solverLevels(count), count).from(skipped);
    }
}
