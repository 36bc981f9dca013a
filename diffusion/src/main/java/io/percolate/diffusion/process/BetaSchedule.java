package io.percolate.diffusion.process;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much noise each step of the forward process adds: beta_t of Ho et al. 2020, eq. 2.
 *
 * <p>The betas are float32 numbers, as published models hold them. Beware of names: the original
 * latent-diffusion configs call {@link ScaledLinear} "linear".
 */
public sealed interface BetaSchedule {

    /** The variances beta_0..beta_{steps-1}, least noise first. */
    double[] betas(int steps);

    /** Betas that rise from one variance to another. */
    sealed interface Between extends BetaSchedule {

        /** beta_0. */
        double start();

        /** The last beta. */
        double end();
    }

    /** Evenly spaced betas (Ho et al. 2020, section 4: 1e-4 to 0.02). */
    record Linear(double start, double end) implements Between {
        public Linear {
            requireRange(start, end);
        }

        @Override
        public double[] betas(int steps) {
            return Float32.linspace(start, end, steps);
        }
    }

    /** Betas whose square roots are evenly spaced (Rombach et al. 2022; Stable Diffusion: 0.00085 to 0.012). */
    record ScaledLinear(double start, double end) implements Between {
        public ScaledLinear {
            requireRange(start, end);
        }

        @Override
        public double[] betas(int steps) {
            double[] roots = Float32.linspace(Math.sqrt(start), Math.sqrt(end), steps);
            return map(roots, root -> (float) root * (float) root);
        }
    }

    /** alphaBar follows a squared cosine, betas capped at 0.999 (Nichol and Dhariwal 2021, eq. 17). */
    record Cosine() implements BetaSchedule {
        @Override
        public double[] betas(int steps) {
            double[] betas = new double[steps];
            for (int t = 0; t < steps; t++) {
                double ratio = alphaBar((t + 1.0) / steps) / alphaBar((double) t / steps);
                betas[t] = (float) Math.min(1 - ratio, 0.999);
            }
            return betas;
        }

        private static double alphaBar(double time) {
            double cosine = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
            return cosine * cosine;
        }
    }

    /** Betas on a logistic curve from {@code start} to {@code end} (Xu et al. 2022, GeoDiff). */
    record Sigmoid(double start, double end) implements Between {
        public Sigmoid {
            requireRange(start, end);
        }

        @Override
        public double[] betas(int steps) {
            double[] arguments = Float32.linspace(-6, 6, steps);
            return map(arguments, a -> (float) (start + (end - start) / (1 + Math.exp(-a))));
        }
    }

    /** Betas listed one by one. */
    record Trained(List<Double> values) implements BetaSchedule {
        public Trained {
            values = List.copyOf(values);
        }

        @Override
        public double[] betas(int steps) {
            if (steps != values.size()) {
                throw new IllegalArgumentException(
                        values.size() + " trained betas for " + steps + " timesteps: list one for each");
            }
            return values.stream().mapToDouble(beta -> (float) (double) beta).toArray();
        }
    }

    /** {@code base} shifted and scaled so that the last step is pure noise (Lin et al. 2024, algorithm 1). */
    record ZeroTerminalSnr(BetaSchedule base) implements BetaSchedule {
        @Override
        public double[] betas(int steps) {
            double[] roots = map(Float32.cumulativeAlphas(base.betas(steps)), Math::sqrt);
            double last = roots[steps - 1];
            double scale = roots[0] / (roots[0] - last);
            double[] alphaBars = map(roots, root -> (root - last) * scale * (root - last) * scale);
            double[] betas = new double[steps];
            for (int t = 0; t < steps; t++) {
                betas[t] = (float) (1 - alphaBars[t] / (t == 0 ? 1 : alphaBars[t - 1]));
            }
            return betas;
        }
    }

    private static void requireRange(double start, double end) {
        if (!(0 < start && start <= end && end < 1)) {
            throw new IllegalArgumentException(
                    "betas from " + start + " to " + end + ", but variances must rise between 0 and 1");
        }
    }

    private static double[] map(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }
}
