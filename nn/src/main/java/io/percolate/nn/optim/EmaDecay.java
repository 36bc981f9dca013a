package io.percolate.nn.optim;

/**
 * How much of the average an update keeps: little at first, when the weights still move fast. {@code min(maximum,
 * (1 + n) / (10 + n))} after n updates, the warm-up of the original latent-diffusion code.
 *
 * @param maximum the decay after the warm-up, such as 0.9999
 */
public record EmaDecay(double maximum) {

    public EmaDecay {
        if (!(maximum >= 0 && maximum < 1)) {
            throw new IllegalArgumentException("an average that keeps " + maximum + " of itself: expected [0, 1)");
        }
    }

    /** The decay of update {@code n}, counted from 1. */
    double at(long n) {
        return Math.min(maximum, (1.0 + n) / (10.0 + n));
    }
}
