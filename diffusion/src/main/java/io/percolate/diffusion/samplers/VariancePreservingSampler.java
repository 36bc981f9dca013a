package io.percolate.diffusion.samplers;

/** A sampler that keeps its image in the scale of training. */
interface VariancePreservingSampler extends Sampler {

    @Override
    default Space space() {
        return Space.VARIANCE_PRESERVING;
    }

    @Override
    default double initialNoise(Discretisation levels, int count) {
        return 1;
    }
}
