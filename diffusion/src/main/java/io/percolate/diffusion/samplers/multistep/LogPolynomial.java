package io.percolate.diffusion.samplers.multistep;

import io.percolate.diffusion.process.NoiseLevel;
import java.util.List;

/** A polynomial in log sigma, by its coefficients from the constant up; and its integral over sigma. */
public record LogPolynomial(double[] coefficients) {

    /** The Lagrange polynomial that is 1 at level {@code chosen} and 0 at the others. */
    public static LogPolynomial of(List<NoiseLevel> nodes, int chosen) {
        double[] logs =
                nodes.stream().mapToDouble(node -> Math.log(node.sigma())).toArray();
        return new LogPolynomial(Lagrange.coefficients(logs, chosen));
    }

    /** Integral from sigma {@code from} to sigma {@code to}. */
    public double integral(double from, double to) {
        return antiderivative(to) - antiderivative(from);
    }

    /** Sum of c_n I_n, where I_n = sigma log^n sigma - n I_{n-1} integrates log^n sigma by parts. */
    private double antiderivative(double sigma) {
        double log = Math.log(sigma);
        double part = sigma;
        double sum = coefficients[0] * part;
        for (int n = 1; n < coefficients.length; n++) {
            part = sigma * Math.pow(log, n) - n * part;
            sum += coefficients[n] * part;
        }
        return sum;
    }
}
