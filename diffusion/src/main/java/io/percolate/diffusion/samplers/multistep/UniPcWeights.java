package io.percolate.diffusion.samplers.multistep;

import java.util.Arrays;

/**
 * Weights of the differences between clean images in a step of UniPC: the solution of R a = b in Zhao et al.
 * 2023, theorem 3.1, times B(h) / r.
 *
 * @param ofPast of older predictions minus the one at the start of the step
 * @param ofEnd of the prediction at the end minus the one at the start; 0 for the predictor
 */
public record UniPcWeights(double[] ofPast, double ofEnd) {

    /**
     * For the step from known predictions.
     *
     * @param ratios lambda of older predictions minus lambda at the start, in units of h
     * @param b the value of B(h)
     */
    public static UniPcWeights predictor(double[] ratios, double h, double b) {
        if (ratios.length == 1) {
            return new UniPcWeights(new double[] {0.5 * b / ratios[0]}, 0);
        }
        return new UniPcWeights(weights(ratios, h, b), 0);
    }

    /** For the step whose end is known, too. */
    public static UniPcWeights corrector(double[] ratios, double h, double b) {
        if (ratios.length == 0) {
            return new UniPcWeights(new double[0], 0.5 * b);
        }
        double[] nodes = Arrays.copyOf(ratios, ratios.length + 1);
        nodes[ratios.length] = 1;
        double[] weights = weights(nodes, h, b);
        return new UniPcWeights(Arrays.copyOf(weights, ratios.length), weights[ratios.length]);
    }

    private static double[] weights(double[] nodes, double h, double b) {
        double[] solution = Lagrange.weights(nodes, moments(nodes.length, h, b));
        for (int i = 0; i < solution.length; i++) {
            solution[i] *= b / nodes[i];
        }
        return solution;
    }

    /** b_k = k! phi_{k+1}(-h) / B(h), up to the sign conventions of data prediction. */
    private static double[] moments(int count, double h, double b) {
        double[] moments = new double[count];
        double factorial = 1;
        double phi = Math.expm1(-h) / -h - 1;
        for (int k = 1; k <= count; k++) {
            moments[k - 1] = phi * factorial / b;
            factorial *= k + 1;
            phi = phi / -h - 1 / factorial;
        }
        return moments;
    }
}
