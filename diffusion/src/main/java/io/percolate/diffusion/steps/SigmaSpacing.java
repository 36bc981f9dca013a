package io.percolate.diffusion.steps;

import java.util.function.DoubleUnaryOperator;

/** How sigmas are spaced between the largest and the smallest. */
public enum SigmaSpacing {

    /** At the timesteps that {@link TimestepSpacing} chose. */
    TIMESTEPS {
        @Override
        double[] between(double largest, double smallest, int count) {
            throw new IllegalStateException("these sigmas come from the timesteps");
        }
    },

    /** Dense at low noise (Karras et al. 2022, eq. 5, rho 7). */
    KARRAS {
        @Override
        double[] between(double largest, double smallest, int count) {
            return even(root(largest), root(smallest), count, root -> Math.pow(root, RHO));
        }
    },

    /** Evenly spaced logarithms. */
    EXPONENTIAL {
        @Override
        double[] between(double largest, double smallest, int count) {
            return even(Math.log(largest), Math.log(smallest), count, Math::exp);
        }
    };

    private static final double RHO = 7;

    /** {@code count} sigmas, largest first, both ends included. */
    abstract double[] between(double largest, double smallest, int count);

    private static double root(double sigma) {
        return Math.pow(sigma, 1 / RHO);
    }

    private static double[] even(double first, double last, int count, DoubleUnaryOperator sigma) {
        double[] sigmas = new double[count];
        for (int i = 0; i < count; i++) {
            double ramp = count == 1 ? 0 : (double) i / (count - 1);
            sigmas[i] = sigma.applyAsDouble(first + ramp * (last - first));
        }
        return sigmas;
    }
}
