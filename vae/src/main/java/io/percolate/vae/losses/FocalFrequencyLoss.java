package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.Spectrum;

/**
 * Focal frequency loss (Jiang et al. 2021, eq. 9): the error by its frequencies, of which those count most that are
 * furthest off, as small details are that an autoencoder leaves out.
 *
 * @param weight how much it counts
 * @param exponent alpha, of the error's magnitude; at 0 all frequencies count alike, and the loss is the mean square
 */
public record FocalFrequencyLoss(double weight, double exponent) {

    /** None. */
    public static final FocalFrequencyLoss NONE = new FocalFrequencyLoss(0, 1);

    public FocalFrequencyLoss {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("frequency_weight " + weight + " is out of range");
        }
        if (!(exponent >= 0 && Double.isFinite(exponent))) {
            throw new IllegalArgumentException("frequency_exponent " + exponent + " is out of range");
        }
    }

    /** Of float32 differences of images (B,C,H,W): a scalar; 0 if it does not count. */
    public NDArray of(NDArray error) {
        return weight == 0 ? error.getManager().zeros(new Shape()) : Scope.keep(() -> Spectrum.focal(error, exponent));
    }
}
