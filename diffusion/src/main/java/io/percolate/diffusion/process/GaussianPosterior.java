package io.percolate.diffusion.process;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;

/**
 * q(x_s | x_t, x0), the step back from t to s when the clean image is known (Ho et al. 2020, eq. 6 and 7),
 * for any s with less noise than t.
 *
 * @param x0Factor factor of x0 in the mean
 * @param xtFactor factor of x_t in the mean
 * @param beta variance that the step from s to t added: the upper bound of the variance of the step back
 * @param variance the posterior's own variance, the lower bound
 */
public record GaussianPosterior(double x0Factor, double xtFactor, double beta, double variance) {

    /** The step from {@code t} back to {@code s}. */
    public static GaussianPosterior between(NoiseLevel t, NoiseLevel s) {
        double alpha = t.alpha() / s.alpha();
        double beta = 1 - alpha * alpha;
        double noise = t.std() * t.std();
        double noiseLeft = s.std() * s.std();
        return new GaussianPosterior(
                s.alpha() * beta / noise, alpha * noiseLeft / noise, beta, beta * noiseLeft / noise);
    }

    /** The mean of x_s. */
    public NDArray mean(NDArray x0, NDArray xt) {
        return axpby(x0Factor, x0, xtFactor, xt);
    }

    /** Which variance a sampler or a bound gives to the step back (Ho et al. 2020, section 3.2). */
    public enum Variance {

        /** The posterior's: right if the data are a single point. */
        FIXED_SMALL {
            @Override
            public double of(GaussianPosterior posterior) {
                return Math.max(posterior.variance, LEAST);
            }
        },

        /** beta: right if the data are standard normal. */
        FIXED_LARGE {
            @Override
            public double of(GaussianPosterior posterior) {
                return Math.max(posterior.beta, LEAST);
            }
        };

        private static final double LEAST = 1e-20;

        /** The variance of the step, at least 1e-20. */
        public abstract double of(GaussianPosterior posterior);
    }
}
