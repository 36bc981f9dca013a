package io.percolate.vae;

import static io.percolate.nn.engine.GradientCheckpointing.cut;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;

/**
 * The posterior q(z|x) of the autoencoder (Kingma and Welling 2014, eq. 9): a normal distribution for every
 * latent, with mean and log-variance (B,E,h,w). Always float32, and differentiable. Latents are not scaled.
 *
 * @param mean the means
 * @param logvar the logarithms of the variances, within [-30, 20]
 */
public record LatentDistribution(NDArray mean, NDArray logvar) implements AutoCloseable {

    private static final double MIN_LOGVAR = -30;
    private static final double MAX_LOGVAR = 20;

    /** Splits the encoder's output (B,2E,h,w), of any precision, into means and clamped log-variances. */
    static LatentDistribution of(NDArray moments) {
        NDArray both = cut(moments);
        NDArray mean = cut(half(both, 0));
        NDArray logvar = cut(Scope.keep(() -> Aten.clamp(half(both, 1), MIN_LOGVAR, MAX_LOGVAR)));
        return new LatentDistribution(mean, logvar);
    }

    /** Standard deviations, (B,E,h,w). */
    public NDArray std() {
        return Scope.keep(() -> Aten.scale(logvar, 0.5).exp());
    }

    /** {@code mean + std noise} for standard normal noise (B,E,h,w). */
    public NDArray sample(NDArray noise) {
        return Scope.keep(() -> mean.add(std().mul(noise)));
    }

    /** The most likely latents: {@link #mean} itself, not a copy. */
    public NDArray mode() {
        return mean;
    }

    /** Kullback-Leibler divergence to the standard normal distribution, in nats, summed over each image: (B). */
    public NDArray kl() {
        return Scope.keep(() -> {
            NDArray twice = Aten.affine(mean.square().add(logvar.exp()).sub(logvar), 1, -1);
            return Aten.scale(twice.sum(new int[] {1, 2, 3}), 0.5);
        });
    }

    private static NDArray half(NDArray moments, int index) {
        return Scope.keep(() -> Aten.to(moments, Precision.FP32).split(2, 1).get(index));
    }

    @Override
    public void close() {
        mean.close();
        logvar.close();
    }
}
