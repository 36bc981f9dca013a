package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.Optimizer.Update;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.autoencoder.GeneratorLoss.Judged;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.losses.SpatialTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains an autoencoder on one batch of pixels after another. Not thread-safe. */
public final class VaeStep {

    private static final String LAST_LAYER = "decoder.conv_out.weight";

    private final AutoencoderKl vae;
    private final VaeObjective objective;
    private final Precision precision;
    private final Optimizer optimizer;

    /**
     * A step that is always the same.
     *
     * @param precision what the autoencoder computes in
     * @param optimizer of its parameters
     */
    public VaeStep(AutoencoderKl vae, VaeObjective objective, Precision precision, Optimizer optimizer) {
        this.vae = vae;
        this.objective = objective;
        this.precision = precision;
        this.optimizer = optimizer;
    }

    /**
     * Kingma and Welling 2014, algorithm 1: reconstruction of a sample of the posterior, and its divergence; then the
     * discriminator, if there is one (Esser et al. 2021, eq. 6).
     */
    public StepResult step(Batch batch, RandomSource random) {
        NDArray pixels = batch.images();
        NDArray noise = random.normal(pixels.getManager(), latents(pixels.getShape()), DataType.FLOAT32);
        SpatialTransform transform = objective.equivariance().next(smallerSide(pixels), random);
        Optional<Adversary> adversary = objective.adversaryAt(optimizer.steps());
        Optional<GeneratorLoss> judgement =
                adversary.map(opponent -> opponent.judgement(optimizer.steps(), batch.size(), random));
        LossTerms terms = new LossTerms();
        List<Reconstructed> made = new ArrayList<>();
        try {
            Update update = optimizer.minimise(batch.size(), part -> {
                NDArray images = Aten.to(part.of(pixels), precision);
                LatentDistribution posterior = vae.encode(images);
                NDArray latents = transform.latents(posterior.sample(part.of(noise)));
                NDArray decoded = vae.decode(Aten.like(latents, images));
                NDArray target = transform.images(part.of(pixels), vae.config().downsamplingFactor());
                LossTerms own = terms.of(part.share());
                NDArray loss = loss(target, decoded, posterior, own);
                Reconstructed result = Reconstructed.of(target, decoded, part);
                made.add(result);
                return judgement
                        .map(judge -> judge.of(new Judged(loss, decoded, result, lastLayer()), factor(target), own))
                        .orElse(loss);
            });
            adversary.ifPresent(opponent -> opponent.learn(made, judgement.orElseThrow(), terms));
            made.forEach(part -> part.measure(terms));
            return new StepResult(update, terms.values());
        } finally {
            made.forEach(Reconstructed::close);
        }
    }

    private NDArray loss(NDArray target, NDArray decoded, LatentDistribution posterior, LossTerms terms) {
        VaeLoss.Value value = objective.loss().of(target, decoded, posterior);
        value.terms().forEach(terms::add);
        return value.total();
    }

    private double factor(NDArray target) {
        return objective.loss().factor(target.getShape());
    }

    private NDArray lastLayer() {
        return vae.parameters().get(LAST_LAYER).value();
    }

    private static long smallerSide(NDArray pixels) {
        return Math.min(pixels.getShape().get(2), pixels.getShape().get(3));
    }

    private Shape latents(Shape pixels) {
        return vae.config().latentShape(pixels.get(0), pixels.get(2), pixels.get(3));
    }
}
