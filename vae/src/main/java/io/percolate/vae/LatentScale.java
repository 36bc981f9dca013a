package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.List;

/**
 * The affine map between an autoencoder's latents and those of unit variance that a diffusion model learns
 * (Rombach et al. 2022, appendix G): {@code scaled = (latents - shift) factor} with one shift for all
 * channels, or {@code scaled = (latents - mean) factor / std} channel by channel.
 *
 * @param factor 1/std of the latents
 * @param shift subtracted first; 0 means none
 * @param mean mean of each channel; empty, like {@code std}, if channels are not told apart
 * @param std standard deviation of each channel
 */
public record LatentScale(double factor, double shift, List<Double> mean, List<Double> std) {

    /** What Stable Diffusion 1 and 2 were trained with. */
    public static final LatentScale STABLE_DIFFUSION = of(0.18215);

    public LatentScale {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("scaling_factor is " + factor + " but must be a positive number");
        }
        if (mean.size() != std.size()) {
            throw new IllegalArgumentException(
                    "latents_mean " + mean + " and latents_std " + std + " must both be given, one number per channel");
        }
        if (!std.isEmpty() && (shift != 0 || std.stream().anyMatch(s -> !(s > 0)))) {
            throw new IllegalArgumentException("latents_std " + std
                    + " must be positive, and stands in place of shift_factor " + shift + ": give one of them");
        }
    }

    /** One factor for all channels. */
    public static LatentScale of(double factor) {
        return new LatentScale(factor, 0, List.of(), List.of());
    }

    /** Each channel brought to mean 0 and standard deviation 1 by itself. */
    public static LatentScale perChannel(List<Double> mean, List<Double> std) {
        return new LatentScale(1, 0, mean, std);
    }

    /** Whether each channel has a mean and a standard deviation of its own. */
    public boolean isPerChannel() {
        return !std.isEmpty();
    }

    /** Latents (B,E,h,w) as the encoder gives them, to unit variance. */
    public NDArray apply(NDArray latents) {
        return Scope.keep(() -> latents.sub(offset(latents)).div(spread(latents)));
    }

    /** The inverse of {@link #apply}: unit-variance latents to what the decoder expects. */
    public NDArray undo(NDArray scaled) {
        return Scope.keep(() -> scaled.mul(spread(scaled)).add(offset(scaled)));
    }

    void requireChannels(int channels) {
        if (isPerChannel() && mean.size() != channels) {
            throw new IllegalArgumentException(
                    "latents_mean has " + mean.size() + " numbers but latent_channels is " + channels);
        }
    }

    /** What is subtracted from each channel: (1,E,1,1), or (1,1,1,1) if channels are not told apart. */
    private NDArray offset(NDArray latents) {
        return channels(latents, isPerChannel() ? mean : List.of(shift));
    }

    /** What each channel is divided by, shaped as {@link #offset}. */
    private NDArray spread(NDArray latents) {
        List<Double> stds = isPerChannel() ? std : List.of(1.0);
        return channels(latents, stds.stream().map(s -> s / factor).toList());
    }

    private static NDArray channels(NDArray latents, List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return Aten.like(TorchArray.of(latents.getManager(), floats, new Shape(1, floats.length, 1, 1)), latents);
    }
}
