package io.percolate.diffusion.unet;

import io.percolate.nn.layers.Downsample.Padding;
import io.percolate.nn.layers.ResnetBlock.TimeUse;

/**
 * How the residual blocks of a U-Net are built, and what stands between its levels.
 *
 * @param normGroups groups of every group normalisation
 * @param normEps added to the variance in those outside transformers
 * @param downsamplePadding how the strided convolutions between levels pad
 * @param timeUse what the time embedding does
 * @param dropout probability of dropping an element before the second convolution while training
 */
public record ResnetConfig(int normGroups, double normEps, Padding downsamplePadding, TimeUse timeUse, double dropout) {

    /** A time embedding that shifts, and no dropout. */
    ResnetConfig(int normGroups, double normEps, Padding downsamplePadding) {
        this(normGroups, normEps, downsamplePadding, TimeUse.SHIFT, 0);
    }

    void requireDivisible(Level level) {
        if (level.channels() % normGroups != 0) {
            throw new IllegalArgumentException(
                    "a level of " + level.channels() + " channels cannot be normalised in " + normGroups + " groups");
        }
    }
}
