package io.percolate.diffusion.process;

/** How much the error at each timestep counts. */
public sealed interface LossWeighting {

    /** The weight of a squared error of {@code prediction} where the signal-to-noise ratio is {@code snr}. */
    double weight(Prediction prediction, double snr);

    /** Every timestep alike: L_simple of Ho et al. 2020, eq. 14. */
    record Uniform() implements LossWeighting {
        @Override
        public double weight(Prediction prediction, double snr) {
            return 1;
        }
    }

    /**
     * Errors of x0 weighted by the signal-to-noise ratio, but no more than gamma (Hang et al. 2023, eq. 8).
     *
     * <p>Timesteps noisier than sigma 15, just above the noisiest of Stable Diffusion (14.6), weigh as much as one of
     * sigma 15. Without that floor, predictions of v and x0 would not be trained at all at the timestep of zero SNR,
     * where sampling starts. Predictions of epsilon need none: their weight there is 1.
     *
     * @param gamma where the weight stops growing; 5 in the paper
     */
    record MinSnr(double gamma) implements LossWeighting {
        /** The SNR at sigma 15. */
        private static final double LEAST_SNR = 1.0 / (15 * 15);

        public MinSnr {
            if (!(gamma > 0)) {
                throw new IllegalArgumentException("gamma " + gamma + " is not positive");
            }
        }

        /** An error of epsilon is one of x0 divided by the ratio; an error of v, by the ratio plus one. */
        @Override
        public double weight(Prediction prediction, double snr) {
            double clamped = Math.min(snr, gamma);
            double floored = Math.max(clamped, LEAST_SNR);
            return switch (prediction) {
                case X0 -> floored;
                case EPSILON -> snr == 0 ? 1 : clamped / snr;
                case V -> floored / (snr + 1);
            };
        }
    }
}
