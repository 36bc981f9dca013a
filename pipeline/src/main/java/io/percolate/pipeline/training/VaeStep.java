package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.Optimizer.Update;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trains an autoencoder on one batch of pixels after another. Not thread-safe. */
public final class VaeStep {

    private final AutoencoderKl vae;
    private final VaeLoss loss;
    private final Precision precision;
    private final Optimizer optimizer;

    /**
     * A step that is always the same.
     *
     * @param precision what the autoencoder computes in
     * @param optimizer of its parameters
     */
    public VaeStep(AutoencoderKl vae, VaeLoss loss, Precision precision, Optimizer optimizer) {
        this.vae = vae;
        this.loss = loss;
        this.precision = precision;
        this.optimizer = optimizer;
    }

    /** Kingma and Welling 2014, algorithm 1: reconstruction of a sample of the posterior, and its divergence. */
    public StepResult step(Batch batch, RandomSource random) {
        NDArray pixels = batch.images();
        NDArray images = Aten.to(pixels, precision);
        Map<String, Double> terms = new LinkedHashMap<>();
        Update update = optimizer.minimise(() -> {
            LatentDistribution posterior = vae.encode(images);
            NDArray noise = random.normal(pixels.getManager(), posterior.mean().getShape(), DataType.FLOAT32);
            NDArray decoded = vae.decode(Aten.like(posterior.sample(noise), images));
            VaeLoss.Value value = loss.of(pixels, decoded, posterior);
            terms.putAll(terms(value));
            return value.total();
        });
        return new StepResult(update, terms);
    }

    private static Map<String, Double> terms(VaeLoss.Value value) {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put("reconstruction", (double) value.reconstruction());
        terms.put("gradient", (double) value.gradient());
        terms.put("ssim", (double) value.ssim());
        terms.put("kl", (double) value.kl());
        return terms;
    }
}
