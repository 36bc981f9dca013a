package io.percolate.diffusion.samplers;

import io.percolate.diffusion.steps.SigmaSchedule;

/** A sampler that keeps its image in the scale of training. */
interface VariancePreservingSampler extends Sampler {

    @Override
    default NoiseScaling scaling() {
        return NoiseScaling.VARIANCE_PRESERVING;
    }

    @Override
    default double initialNoise(SigmaSchedule schedule, int count) {
        return 1;
    }
}
