package io.percolate.diffusion.sde;

import java.util.Arrays;

/**
 * The log-density of each image of a batch, in nats, as each probe measures it.
 *
 * @param probes by image, then by probe
 * @param evaluations how often the score was computed
 */
public record LogLikelihood(double[][] probes, int evaluations) {

    /** The mean over the probes of an image, in nats. */
    public double nats(int image) {
        return Arrays.stream(probes[image]).average().orElseThrow();
    }

    /** The standard error of {@link #nats}; NaN of a single probe. */
    public double standardError(int image) {
        double mean = nats(image);
        int count = probes[image].length;
        double squares =
                Arrays.stream(probes[image]).map(p -> (p - mean) * (p - mean)).sum();
        return count == 1 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }

    /** Number of images. */
    public int images() {
        return probes.length;
    }
}
