package io.percolate.conditioning.guidance;

/**
 * How strongly a sampler follows the prompt.
 *
 * @param scale w of epsilon_u + w (epsilon_c - epsilon_u) (Ho and Salimans 2022, in the convention of Saharia et al.
 *     2022, eq. 7): 1 or less means no guidance
 * @param rescale phi of Lin et al. 2024, section 3.4: how far the guided output gets back the conditional one's
 *     standard deviation, 0 to 1; 0.7 is usual with zero terminal SNR
 * @param interval the timesteps at which guidance applies
 */
public record Guidance(double scale, double rescale, Interval interval) {

    /** No guidance: the conditional prediction alone. */
    public static final Guidance OFF = of(1);

    public Guidance {
        if (!(scale >= 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("guidance scale " + scale + " must be a number from 0 on; 1 is off");
        }
        if (!(rescale >= 0 && rescale <= 1)) {
            throw new IllegalArgumentException("guidance rescale " + rescale + " must be between 0 and 1");
        }
    }

    /** Plain guidance at every step. */
    public static Guidance of(double scale) {
        return new Guidance(scale, 0, Interval.ALWAYS);
    }

    /** Whether the unconditional prediction is needed at all. */
    public boolean isOn() {
        return scale > 1;
    }

    /**
     * The timesteps at which guidance helps (Kynkäänniemi et al. 2024); elsewhere the conditional prediction
     * stands alone.
     *
     * @param lowest the least noisy timestep guided
     * @param highest the noisiest timestep guided
     */
    public record Interval(double lowest, double highest) {

        /** Every timestep. */
        public static final Interval ALWAYS = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        public Interval {
            if (!(lowest <= highest)) {
                throw new IllegalArgumentException(
                        "guidance from timestep " + lowest + " to " + highest + " is never on");
            }
        }

        boolean contains(double timestep) {
            return timestep >= lowest && timestep <= highest;
        }
    }
}
