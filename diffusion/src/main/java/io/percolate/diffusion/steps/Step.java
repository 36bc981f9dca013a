package io.percolate.diffusion.steps;

import io.percolate.diffusion.process.NoiseLevel;

/**
 * One step of a sampler, from a noise level to one with less noise.
 *
 * @param index position in the whole plan, from 0
 * @param from the level at the start, with the timestep that the network takes
 * @param to the level reached
 */
public record Step(int index, NoiseLevel from, NoiseLevel to) {

    /**
     * Whether only a step of first order is possible: it ends without noise, or it ends where it starts, as the last one
     * does if the sigmas already reach the final one.
     */
    public boolean onlyFirstOrder() {
        return to.sigma() == 0 || h() == 0;
    }

    /** lambda gained, positive; infinite if the step ends without noise (Lu et al. 2022, section 3.1). */
    public double h() {
        return to.lambda() - from.lambda();
    }
}
