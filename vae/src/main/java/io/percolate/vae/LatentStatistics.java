package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import java.util.Arrays;
import java.util.List;

/**
 * Mean and standard deviation of every latent channel, gathered batch by batch, from which a {@link
 * LatentScale} is measured. Batches are merged by the formula of Chan et al. 1979 in float64, so that neither
 * their number nor the size of the mean costs precision. Not thread-safe.
 */
public final class LatentStatistics {

    private final Moments[] channels;

    /** Statistics of latents of {@code channels} channels. */
    public LatentStatistics(int channels) {
        this.channels = new Moments[channels];
        Arrays.fill(this.channels, Moments.NONE);
    }

    /** Takes a batch of latents (B,E,h,w) into account, as the encoder gives them: not scaled. */
    public void add(NDArray latents) {
        if (latents.getShape().dimension() != 4 || latents.getShape().get(1) != channels.length) {
            throw new IllegalArgumentException(
                    "latents " + latents.getShape() + " but these statistics are of " + channels.length + " channels");
        }
        float[] values = floats(latents);
        forEachPlane(latents, (channel, from, to) -> channels[channel].merge(Moments.of(values, from, to)));
    }

    /** The same for all samples of a batch's posterior: their variance is that of the means, and its own on top. */
    public void add(LatentDistribution posterior) {
        add(posterior.mean());
        float[] stds = floats(posterior.std());
        forEachPlane(posterior.mean(), (channel, from, to) -> channels[channel].widen(stds, from, to));
    }

    private void forEachPlane(NDArray latents, PlaneMoments next) {
        int plane = (int) (latents.getShape().get(2) * latents.getShape().get(3));
        for (int from = 0; from < latents.size(); from += plane) {
            int channel = from / plane % channels.length;
            channels[channel] = next.of(channel, from, from + plane);
        }
    }

    /** One factor for all channels: 1/std over everything added (Rombach et al. 2022, appendix G). */
    public LatentScale scale() {
        return LatentScale.of(1 / std(Arrays.stream(channels).reduce(Moments.NONE, Moments::merge)));
    }

    /** Each channel brought to mean 0 and standard deviation 1 by itself. */
    public LatentScale scalePerChannel() {
        List<Double> means = Arrays.stream(channels).map(Moments::mean).toList();
        List<Double> stds = Arrays.stream(channels).map(LatentStatistics::std).toList();
        return LatentScale.perChannel(means, stds);
    }

    private static float[] floats(NDArray latents) {
        try (NDArray full = Scope.keep(() -> Aten.to(latents, Precision.FP32))) {
            return full.toFloatArray();
        }
    }

    private static double std(Moments moments) {
        double std = Math.sqrt(moments.squares / moments.count);
        if (!(std > 0) || Double.isInfinite(std)) {
            throw new IllegalStateException("the latents' standard deviation is " + std + " over " + moments.count
                    + " values: add batches of real images, from a trained encoder");
        }
        return std;
    }

    /** The moments of a channel after those of its values from one index to another. */
    @FunctionalInterface
    private interface PlaneMoments {

        Moments of(int channel, int from, int to);
    }

    /** Number of values, their mean, and the sum of their squared distances from it. */
    private record Moments(long count, double mean, double squares) {

        static final Moments NONE = new Moments(0, 0, 0);

        static Moments of(float[] values, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += values[i];
            }
            double mean = sum / (to - from);
            double squares = 0;
            for (int i = from; i < to; i++) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            return new Moments(to - from, mean, squares);
        }

        /** The same values, each with a deviation of its own around it. */
        Moments widen(float[] stds, int from, int to) {
            double variances = 0;
            for (int i = from; i < to; i++) {
                variances += (double) stds[i] * stds[i];
            }
            return new Moments(count, mean, squares + variances);
        }

        Moments merge(Moments other) {
            double all = count + other.count;
            double delta = other.mean - mean;
            return all == 0
                    ? NONE
                    : new Moments(
                            count + other.count,
                            mean + delta * other.count / all,
                            squares + other.squares + delta * delta * count * other.count / all);
        }
    }
}
