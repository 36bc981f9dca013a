package io.percolate.nn.optim;

/** How much of the average an update keeps: little at first, when the weights still move fast. */
public sealed interface EmaDecay {

    /** The decay of update {@code n}, counted from 1. */
    double at(long n);

    /**
     * {@code min(maximum, (1 + n) / (10 + n))}, the warm-up of the original latent-diffusion code.
     *
     * @param maximum the decay after warm-up, such as 0.9999
     */
    record WarmUp(double maximum) implements EmaDecay {

        public WarmUp {
            requireDecay(maximum);
        }

        @Override
        public double at(long n) {
            return Math.min(maximum, (1.0 + n) / (10.0 + n));
        }
    }

    /**
     * {@code min(maximum, 1 - (1 + n / inverseGamma)^-power)}: reaches 0.9999 after a million updates
     * with power 2/3, after 215,000 with power 3/4.
     *
     * @param inverseGamma number of updates that count as one
     * @param power how fast the decay grows
     * @param maximum the decay in the end, such as 0.9999
     */
    record Power(double inverseGamma, double power, double maximum) implements EmaDecay {

        public Power {
            requireDecay(maximum);
            if (!(inverseGamma > 0 && power > 0)) {
                throw new IllegalArgumentException(
                        "inverse gamma " + inverseGamma + " and power " + power + " must be positive");
            }
        }

        @Override
        public double at(long n) {
            return Math.min(maximum, 1 - Math.pow(1 + n / inverseGamma, -power));
        }
    }

    private static void requireDecay(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("an average that keeps " + decay + " of itself: expected [0, 1)");
        }
    }
}
