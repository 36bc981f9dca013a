package io.percolate.diffusion.steps;

import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;

/** Where the last step of a sampler ends. */
public enum FinalSigma {

    /** Sigma 0, without noise. */
    ZERO {
        @Override
        NoiseLevel of(NoiseSchedule schedule) {
            return NoiseLevel.CLEAN;
        }
    },

    /** The smallest sigma of training, at timestep 0. */
    SIGMA_MIN {
        @Override
        NoiseLevel of(NoiseSchedule schedule) {
            return schedule.level(0);
        }
    };

    abstract NoiseLevel of(NoiseSchedule schedule);
}
