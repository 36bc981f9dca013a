package io.percolate.diffusion.sde;

import io.percolate.files.CancelledException;
import java.util.Locale;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;

/**
 * Solves ordinary differential equations in steps whose length follows the error: Runge-Kutta of order 5 with an error
 * measured at order 4 (Dormand and Prince 1980), as Song et al. 2021 do. The interrupt of a thread ends it.
 *
 * @param tolerance error of a step, absolute and relative to the solution; 1e-5 in the paper. Networks in float32 give
 *     no derivative exact enough for less than about 1e-6
 */
public record OdeSolver(double tolerance) {

    /** That of the paper. */
    public static final OdeSolver DEFAULT = new OdeSolver(1e-5);

    private static final double SHORTEST_STEP = 1e-10;

    public OdeSolver {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance " + tolerance + " is not between 0 and 1, such as 1e-5");
        }
    }

    /** dy/dt. */
    @FunctionalInterface
    interface Derivative {
        double[] at(double time, double[] y);
    }

    /**
     * A solved equation.
     *
     * @param y the solution at the end
     * @param evaluations how often the derivative was computed
     */
    record Solution(double[] y, int evaluations) {}

    /** Goes from {@code y} at time {@code from} to time {@code to}, forwards or backwards. */
    Solution solve(Derivative derivative, double[] y, double from, double to) {
        var integrator = new DormandPrince54Integrator(SHORTEST_STEP, Math.abs(to - from), tolerance, tolerance);
        try {
            double[] end = integrator
                    .integrate(equation(derivative, y.length), new ODEState(from, y), to)
                    .getPrimaryState();
            return new Solution(end, integrator.getEvaluations());
        } catch (MathRuntimeException e) {
            throw new ArithmeticException(String.format(
                    Locale.ROOT,
                    "the probability flow cannot be followed with tolerance %.1e (%s): take a larger one",
                    tolerance,
                    e.getMessage()));
        }
    }

    private static OrdinaryDifferentialEquation equation(Derivative derivative, int dimension) {
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return dimension;
            }

            @Override
            public double[] computeDerivatives(double time, double[] y) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancelledException("interrupted while following the probability flow");
                }
                return derivative.at(time, y);
            }
        };
    }
}
