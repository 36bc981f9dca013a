package io.percolate.diffusion.samplers;

/** The weight of the first difference in a second-order step of DPM-Solver++ over a length h of lambda. */
public enum SolverType {

    /** Half the weight of the clean image (Lu et al. 2022b, eq. 4.1). */
    MIDPOINT {
        @Override
        double weight(double h) {
            return -0.5 * Math.expm1(-h);
        }
    },

    /** The exact integral of a straight line. */
    HEUN {
        @Override
        double weight(double h) {
            return Math.expm1(-h) / h + 1;
        }
    };

    abstract double weight(double h);
}
