package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.vae.losses.FocalFrequencyLoss;
import io.percolate.vae.losses.PerceptualLoss;
import io.percolate.vae.losses.Ssim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The autoencoder's training objective: mean reconstruction error per pixel and channel, plus weighted terms.
 *
 * <p>In place of a pretrained perceptual network, edges are kept sharp by the mean magnitude of the error's
 * differences between neighbouring pixels, summed over the two directions and over several scales with 2x2
 * averages between them (the gradient matching term of Li and Snavely 2018), or by structural similarity
 * (Wang et al. 2004); a network can be given all the same, see {@link PerceptualLoss}, and small
 * details can be weighed by their frequencies, see {@link FocalFrequencyLoss}. Everything is computed in float32, whatever the network ran in.
 *
 * <p>The divergence (Kingma and Welling 2014, eq. 10) is summed over the latents of an image and divided by the number
 * of values of its pixels, C H W, as the reconstruction error is: latents grow with the image's area, and so a weight
 * means the same at every resolution. Rombach et al. 2022 sum both terms and divide neither, which is the same objective
 * times C H W: their weight of 1e-6 can be given as it is, and {@link VaeLossConfig.Reduction#SUM} gives their numbers.
 */
public final class VaeLoss {

    private static final List<String> TERMS =
            List.of("reconstruction", "gradient", "ssim", "kl", "perceptual", "frequency");

    private final VaeLossConfig config;
    private final PerceptualLoss perceptual;
    private final FocalFrequencyLoss frequencies;

    /** The loss with the weights of {@code config}, without a perceptual network. */
    public VaeLoss(VaeLossConfig config) {
        this(config, PerceptualLoss.NONE, FocalFrequencyLoss.NONE);
    }

    /** The loss with the weights of {@code config}, {@code frequencies} and {@code perceptual}, which stays the caller's. */
    public VaeLoss(VaeLossConfig config, PerceptualLoss perceptual, FocalFrequencyLoss frequencies) {
        this.config = config;
        this.perceptual = perceptual;
        this.frequencies = frequencies;
    }

    /**
     * The value of the objective and of its terms.
     *
     * @param total the weighted sum, a scalar to differentiate; the caller frees it
     * @param terms before weighting, by name: {@code reconstruction}, the mean error per pixel and channel; {@code
     *     gradient}, the sum over scales of the differences of neighbouring pixels; {@code ssim}, 1 minus the structural
     *     similarity; {@code kl} in nats per pixel and channel; the mean {@code perceptual} distance; the {@code
     *     frequency} loss; 0 for what is not weighed
     */
    public record Value(NDArray total, Map<String, Float> terms) implements AutoCloseable {

        /** The term of this name. */
        public float term(String name) {
            return terms.get(name);
        }

        @Override
        public void close() {
            total.close();
        }
    }

    /** Judges {@code decoded} (B,C,H,W) against {@code pixels} of the same shape, both in [-1,1]. */
    public Value of(NDArray pixels, NDArray decoded, LatentDistribution posterior) {
        return of(pixels, decoded, () -> divergence(posterior, pixels.getShape()));
    }

    /** The same for an autoencoder that has no posterior: no divergence. */
    public Value of(NDArray pixels, NDArray decoded) {
        return of(pixels, decoded, () -> pixels.getManager().zeros(new Shape()));
    }

    private Value of(NDArray pixels, NDArray decoded, Supplier<NDArray> divergence) {
        requireSameShape(pixels.getShape(), decoded.getShape());
        try (NDArray terms = terms(pixels, decoded, divergence)) {
            float[] parts = terms.toFloatArray();
            Map<String, Float> named = new LinkedHashMap<>();
            for (int i = 0; i < parts.length; i++) {
                named.put(TERMS.get(i), parts[i]);
            }
            return new Value(weighted(terms, factor(pixels.getShape())), named);
        }
    }

    /** What every term is multiplied by, beside its weight, for pixels of a shape (B,C,H,W). */
    public double factor(Shape pixels) {
        return config.reduction().factor(pixels.size() / pixels.get(0));
    }

    private NDArray terms(NDArray pixels, NDArray decoded, Supplier<NDArray> divergence) {
        return Scope.keep(() -> {
            NDArray target = Aten.to(pixels, Precision.FP32);
            NDArray image = Aten.to(decoded, Precision.FP32);
            NDArray error = image.sub(target);
            NDArray none = target.getManager().zeros(new Shape());
            return NDArrays.stack(new NDList(
                    reconstruction(error),
                    config.gradientWeight() > 0 ? gradient(error) : none,
                    config.ssimWeight() > 0 ? dissimilarity(image, target) : none,
                    divergence.get(),
                    perceptual.of(image, target),
                    frequencies.of(error)));
        });
    }

    private NDArray weighted(NDArray terms, double factor) {
        double[] all = {
            1,
            config.gradientWeight(),
            config.ssimWeight(),
            config.klWeight(),
            perceptual.weight(),
            frequencies.weight()
        };
        float[] weights = new float[all.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (factor * all[i]);
        }
        return Scope.keep(
                () -> terms.mul(TorchArray.of(terms.getManager(), weights)).sum());
    }

    private NDArray reconstruction(NDArray error) {
        return switch (config.reconstruction()) {
            case L1 -> error.abs().mean();
            case L2 -> error.square().mean();
        };
    }

    private NDArray gradient(NDArray error) {
        NDArray sum = differences(error);
        NDArray coarser = error;
        for (int scale = 1; scale < config.gradientScales() && smallerSide(coarser) >= 4; scale++) {
            coarser = Aten.averagePool(coarser, 2);
            sum = sum.add(differences(coarser));
        }
        return sum;
    }

    private static NDArray differences(NDArray error) {
        NDArray vertical = Aten.differences(error, 2).abs().mean();
        return vertical.add(Aten.differences(error, 3).abs().mean());
    }

    private static NDArray dissimilarity(NDArray image, NDArray target) {
        return Aten.affine(Ssim.of(image, target).mean(), -1, 1);
    }

    private static NDArray divergence(LatentDistribution posterior, Shape pixels) {
        return Aten.scale(posterior.kl().mean(), (double) pixels.get(0) / pixels.size());
    }

    private static long smallerSide(NDArray x) {
        return Math.min(x.getShape().get(2), x.getShape().get(3));
    }

    private static void requireSameShape(Shape pixels, Shape decoded) {
        if (!pixels.equals(decoded)) {
            throw new IllegalArgumentException("pixels " + pixels + " but the reconstruction is " + decoded);
        }
    }
}
