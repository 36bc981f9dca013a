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
 * @param shift subtracted first; null means none
 * @param mean mean of each channel; null, like {@code std}, if channels are not told apart
 * @param std standard deviation of each channel
 */
public record LatentScale(double factor, Double shift, List<Double> mean, List<Double> std) {

    /** What Stable Diffusion 1 and 2 were trained with. */
    public static final LatentScale STABLE_DIFFUSION = of(0.18215);

    public LatentScale {
        mean = mean == null ? null : List.copyOf(mean);
        std = std == null ? null : List.copyOf(std);
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("scaling_factor is " + factor + " but must be a positive number");
        }
        if ((mean == null) != (std == null) || mean != null && mean.size() != std.size()) {
            throw new IllegalArgumentException(
                    "latents_mean " + mean + " and latents_std " + std + " must both be given, one number per channel");
        }
        if (std != null && (shift != null || std.stream().anyMatch(s -> !(s > 0)))) {
            throw new IllegalArgumentException("latents_std " + std
                    + " must be positive, and stands in place of shift_factor " + shift + ": give one of them");
        }
    }

    /** One factor for all channels. */
    public static LatentScale of(double factor) {
        return new LatentScale(factor, null, null, null);
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
        if (mean != null && mean.size() != channels) {
            throw new IllegalArgumentException(
                    "latents_mean has " + mean.size() + " numbers but latent_channels is " + channels);
        }
    }

    /** What is subtracted from each channel: (1,E,1,1), or (1,1,1,1) if channels are not told apart. */
    private NDArray offset(NDArray latents) {
        return mean == null ? channels(latents, List.of(shift == null ? 0 : shift)) : channels(latents, mean);
    }

    /** What each channel is divided by, shaped as {@link #offset}. */
    private NDArray spread(NDArray latents) {
        List<Double> stds = std == null ? List.of(1.0) : std;
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
