package io.percolate.diffusion.samplers;

/** B(h) of UniPC: two functions that agree to first order (Zhao et al. 2023, section 3.3). */
public enum BhVariant {

    /** -h. */
    BH1 {
        @Override
        double of(double h) {
            return -h;
        }
    },

    /** exp(-h) - 1. */
    BH2 {
        @Override
        double of(double h) {
            return Math.expm1(-h);
        }
    };

    abstract double of(double h);
}
