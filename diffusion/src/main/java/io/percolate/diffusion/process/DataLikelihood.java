package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/** How likely data are under a normal distribution around what a network predicts of them. */
public enum DataLikelihood {

    /** 8-bit pixels in [-1, 1]: the probability of the bin that each lies in (Ho et al. 2020, eq. 13). */
    PIXELS {
        @Override
        public NDArray log(NDArray data, NDArray mean, double std) {
            return DiscretisedGaussian.logLikelihood(data, mean, std);
        }

        @Override
        double variance(NoiseSchedule schedule) {
            return GaussianPosterior.between(schedule.level(1), schedule.level(0))
                    .variance();
        }
    },

    /** Latents, which are continuous: the density. */
    DENSITY {
        @Override
        public NDArray log(NDArray data, NDArray mean, double std) {
            double constant = -0.5 * Math.log(2 * Math.PI * std * std);
            return Scope.keep(() -> Aten.affine(data.sub(mean).square(), -0.5 / (std * std), constant));
        }

        @Override
        double variance(NoiseSchedule schedule) {
            return Math.pow(schedule.level(0).sigma(), 2);
        }
    };

    /** The natural logarithm for each number of {@code data}, of its shape. */
    public abstract NDArray log(NDArray data, NDArray mean, double std);

    /**
     * The variance of the last step back, at timestep 0, where the posterior has none: of pixels that of timestep 1
     * stands in, as in published bounds; of latents it is what the noise of timestep 0 leaves open (Kingma et al. 2021,
     * eq. 8).
     */
    abstract double variance(NoiseSchedule schedule);
}
