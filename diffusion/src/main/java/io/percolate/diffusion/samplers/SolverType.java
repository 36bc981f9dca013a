package io.percolate.diffusion.samplers;

import io.percolate.diffusion.samplers.published.Options;
import io.percolate.files.JsonConfig;

/** The factor of the first difference in a second-order step of DPM-Solver++ over a lambda of h. */
public enum SolverType {

    /** Half the factor of the clean image (Lu et al. 2022b, eq. 4.1). */
    MIDPOINT {
        @Override
        double ofSecond(double h) {
            return -0.5 * Math.expm1(-h);
        }

        @Override
        double ofSecondWithNoise(double h) {
            return -0.5 * Math.expm1(-2 * h);
        }
    },

    /** The exact integral of a straight line. */
    HEUN {
        @Override
        double ofSecond(double h) {
            return Math.expm1(-h) / h + 1;
        }

        @Override
        double ofSecondWithNoise(double h) {
            return Math.expm1(-2 * h) / (2 * h) + 1;
        }
    };

    static SolverType read(JsonConfig config) {
        return Options.choice(config, "solver_type", SolverType.class, MIDPOINT);
    }

    /** For the differential equation without noise. */
    abstract double ofSecond(double h);

    /** For the stochastic one. */
    abstract double ofSecondWithNoise(double h);
}
