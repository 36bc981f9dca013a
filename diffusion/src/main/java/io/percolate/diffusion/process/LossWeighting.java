package io.percolate.diffusion.process;

import java.util.Map;

/** How much the error at each timestep counts. */
public sealed interface LossWeighting {

    /** The weight of a squared error of {@code prediction} at {@code timestep}. */
    double weight(Prediction prediction, NoiseSchedule schedule, double timestep);

    /** Whether it is a sum over whole timesteps, and so says nothing of what is between two. */
    default boolean countsTimesteps() {
        return false;
    }

    /** What a recipe says to have it: the keys {@code weighting...} and {@code min_snr_gamma} of its section {@code loss}. */
    Map<String, Object> options();

    /** Every timestep alike: L_simple of Ho et al. 2020, eq. 14. */
    record Uniform() implements LossWeighting {
        @Override
        public double weight(Prediction prediction, NoiseSchedule schedule, double timestep) {
            return 1;
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("weighting", "simple");
        }
    }

    /**
     * The variational bound in nats per dimension (Ho et al. 2020, eq. 12): an error of x0 at timestep t counts half of
     * what the signal-to-noise ratio falls by from t-1 to t (Kingma et al. 2021, eq. 14), times the number of timesteps,
     * since one of them is sampled. At timestep 0 it is half of the ratio, for a likelihood as wide as the noise there.
     */
    record Bound() implements LossWeighting {
        @Override
        public double weight(Prediction prediction, NoiseSchedule schedule, double timestep) {
            int whole = (int) timestep;
            double snr = schedule.snr(whole);
            double before = whole == 0 ? 2 * snr : schedule.snr(whole - 1);
            return schedule.steps() * 0.5 * (before - snr) / unit(prediction, snr);
        }

        /** How many squared errors of {@code prediction} one of x0 is. */
        private static double unit(Prediction prediction, double snr) {
            return switch (prediction) {
                case X0 -> 1;
                case EPSILON -> snr;
                case V -> snr + 1;
            };
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("weighting", "bound");
        }

        @Override
        public boolean countsTimesteps() {
            return true;
        }
    }

    /**
     * L_simple plus a share of the bound (Nichol and Dhariwal 2021, eq. 16): nearly the samples of the one and the
     * likelihood of the other.
     *
     * @param share of the bound; 0.001 in the paper
     */
    record Hybrid(double share) implements LossWeighting {

        /** That of the paper. */
        public static final double SHARE = 0.001;

        public Hybrid {
            if (!(share > 0 && Double.isFinite(share))) {
                throw new IllegalArgumentException("weighting_share " + share + " is not positive");
            }
        }

        @Override
        public double weight(Prediction prediction, NoiseSchedule schedule, double timestep) {
            return 1 + share * new Bound().weight(prediction, schedule, timestep);
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("weighting", "hybrid", "weighting_share", share);
        }

        @Override
        public boolean countsTimesteps() {
            return true;
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

        @Override
        public double weight(Prediction prediction, NoiseSchedule schedule, double timestep) {
            return weight(prediction, schedule.level(timestep).snr());
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("weighting", "simple", "min_snr_gamma", gamma);
        }

        /** An error of epsilon is one of x0 divided by the ratio; an error of v, by the ratio plus one. */
        double weight(Prediction prediction, double snr) {
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
