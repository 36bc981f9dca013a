package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.diffusion.process.DataLikelihood;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import java.util.ArrayList;
import java.util.List;

/** Measures what a bound on latents lacks to be one on pixels: the decoder's error and the encoder's entropy. */
final class DecoderMeasurement {

    /** Under half of it, pixels would be certain. */
    private static final double LEAST_STD = 1.0 / 255;

    private final AutoencoderKl vae;
    private final List<Double> distortions = new ArrayList<>();
    private final List<Double> entropies = new ArrayList<>();
    private double squares;
    private long count;

    DecoderMeasurement(AutoencoderKl vae) {
        this.vae = vae;
    }

    /** First for every batch: the decoder's error. */
    void addError(NDArray pixels, NDArray latents) {
        Scope.run(() -> squares += sum(vae.decodeScaled(latents).sub(pixels).square()));
        count += pixels.size();
    }

    private double std() {
        return Math.max(LEAST_STD, Math.sqrt(squares / count));
    }

    /** Then again for every batch: distortion and entropy of each image. */
    void add(NDArray pixels, NDArray latents) {
        Scope.run(() -> {
            NDArray likelihood = DataLikelihood.PIXELS.log(pixels, vae.decodeScaled(latents), std());
            LatentDistribution posterior = vae.encode(pixels);
            double shift = logScale(posterior.logvar());
            for (int i = 0; i < pixels.getShape().get(0); i++) {
                distortions.add(-sum(Aten.rows(likelihood, i, i + 1L)));
                entropies.add(entropy(Aten.rows(posterior.logvar(), i, i + 1L)) + shift);
            }
        });
    }

    /** Of the unscaled posterior: log(2 pi e variance) / 2, summed. */
    private static double entropy(NDArray logvar) {
        return 0.5 * (sum(logvar) + logvar.size() * Math.log(2 * Math.PI * Math.E));
    }

    /** What the latent scale adds to the entropy of one image's posterior. */
    private double logScale(NDArray like) {
        NDArray zeros = Aten.rows(like, 0, 1).zerosLike();
        NDArray scale = vae.config()
                .latentScale()
                .apply(zeros.onesLike())
                .sub(vae.config().latentScale().apply(zeros));
        return sum(scale.log());
    }

    /**
     * The bound in pixels.
     *
     * @param latentNats the bound on each image's latents, in nats per latent dimension
     * @param latents dimensions of the latents of an image
     * @param pixels dimensions of an image
     */
    DecoderReport report(double[] latentNats, long latents, long pixels) {
        double bits = 1 / (pixels * Math.log(2));
        double[] distortion = new double[latentNats.length];
        double[] rate = new double[latentNats.length];
        double[] total = new double[latentNats.length];
        for (int i = 0; i < total.length; i++) {
            distortion[i] = distortions.get(i) * bits;
            rate[i] = (latentNats[i] * latents - entropies.get(i)) * bits;
            total[i] = distortion[i] + rate[i];
        }
        return new DecoderReport(
                Mean.of(total), Mean.of(distortion).value(), Mean.of(rate).value(), std());
    }

    private static double sum(NDArray x) {
        return Scope.call(() -> x.toType(DataType.FLOAT64, false).sum().getDouble());
    }
}
