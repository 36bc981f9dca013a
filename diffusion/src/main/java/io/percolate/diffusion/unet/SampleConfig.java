package io.percolate.diffusion.unet;

import java.util.OptionalInt;

/**
 * What a U-Net takes and predicts.
 *
 * @param size height and width it was made for; it takes others, too
 * @param inChannels channels of what it denoises
 * @param outChannels channels of what it predicts
 * @param centerInput whether pixels in [0,1] are expected and mapped to [-1,1]
 */
public record SampleConfig(OptionalInt size, int inChannels, int outChannels, boolean centerInput) {

    public SampleConfig {
        if (inChannels < 1 || outChannels < 1) {
            throw new IllegalArgumentException(
                    "a U-Net from " + inChannels + " to " + outChannels + " channels: both must be positive");
        }
    }

    /** A sample of {@code channels} channels that comes back as it was. */
    static SampleConfig of(int size, int channels) {
        return new SampleConfig(OptionalInt.of(size), channels, channels, false);
    }

    SampleConfig withChannels(int in, int out) {
        return new SampleConfig(size, in, out, centerInput);
    }

    SampleConfig withSize(int other) {
        return new SampleConfig(OptionalInt.of(other), inChannels, outChannels, centerInput);
    }
}
