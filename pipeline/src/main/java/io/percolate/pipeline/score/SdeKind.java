package io.percolate.pipeline.score;

import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.sde.Sde;
import io.percolate.diffusion.sde.SubVariancePreserving;
import io.percolate.diffusion.sde.VarianceExploding;
import io.percolate.diffusion.sde.VariancePreserving;

/** The processes in continuous time that a trained network gives the score of (Song et al. 2021). */
public enum SdeKind {
    /** Data of unit variance keep it. */
    VP {
        @Override
        Sde of(NoiseSchedule schedule) {
            return VariancePreserving.of(schedule);
        }
    },
    /** As VP, with less noise on the way. */
    SUB_VP {
        @Override
        Sde of(NoiseSchedule schedule) {
            return SubVariancePreserving.of(schedule);
        }
    },
    /** Noise is added to data that keep their scale. */
    VE {
        @Override
        Sde of(NoiseSchedule schedule) {
            return VarianceExploding.of(schedule);
        }
    };

    /** The one that ends with the noise of {@code schedule}. */
    abstract Sde of(NoiseSchedule schedule);
}
