package io.percolate.diffusion.samplers.multistep;

/** Polynomials that are 1 at one of a few nodes and 0 at the others. */
public final class Lagrange {

    private Lagrange() {}

    /** The value at a point. */
    public static double at(double point, double[] nodes, int chosen) {
        double product = 1;
        for (int i = 0; i < nodes.length; i++) {
            if (i != chosen) {
                product *= (point - nodes[i]) / (nodes[chosen] - nodes[i]);
            }
        }
        return product;
    }

    /** The coefficients, from the constant up. */
    static double[] coefficients(double[] nodes, int chosen) {
        double[] product = {1};
        for (int i = 0; i < nodes.length; i++) {
            if (i != chosen) {
                double slope = 1 / (nodes[chosen] - nodes[i]);
                product = timesLine(product, -nodes[i] * slope, slope);
            }
        }
        return product;
    }

    /** The weights a with sum_j a_j node_j^k = moment_k for k = 0, 1, ...: a Vandermonde system. */
    static double[] weights(double[] nodes, double[] moments) {
        double[] weights = new double[nodes.length];
        for (int j = 0; j < nodes.length; j++) {
            double[] coefficients = coefficients(nodes, j);
            for (int k = 0; k < moments.length; k++) {
                weights[j] += coefficients[k] * moments[k];
            }
        }
        return weights;
    }

    private static double[] timesLine(double[] polynomial, double constant, double slope) {
        double[] product = new double[polynomial.length + 1];
        for (int i = 0; i < polynomial.length; i++) {
            product[i] += polynomial[i] * constant;
            product[i + 1] += polynomial[i] * slope;
        }
        return product;
    }
}
