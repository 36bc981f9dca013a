package io.percolate.pipeline.training.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.Optimizer.Update;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.training.autoencoder.LossTerms;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.pipeline.training.tiny.ImitationLoss.Attempt;
import io.percolate.vae.VaeLoss;

/**
 * Trains a tiny autoencoder on one batch of pixels after another. Not thread-safe.
 *
 * @param networks who learns from whom
 * @param loss what is minimised
 * @param precision what the networks compute in
 * @param optimizer of the tiny one's parameters
 */
record TinyStep(TinyNetworks networks, ImitationLoss loss, Precision precision, Optimizer optimizer) {

    /** Hinton et al. 2015, section 2: the teacher's outputs, here latents as a denoiser sees them, are what is learned. */
    StepResult step(Batch batch, RandomSource random) {
        NDArray pixels = batch.images();
        NDArray noise = networks.teacher().noise(pixels, random);
        LossTerms terms = new LossTerms();
        Update update = optimizer.minimise(batch.size(), part -> {
            NDArray images = Aten.to(part.of(pixels), precision);
            Attempt attempt = networks.attempt(images, part.of(noise));
            VaeLoss.Value value = loss.of(attempt);
            value.terms().forEach(terms.of(part.share())::add);
            return value.total();
        });
        return new StepResult(update, terms.values());
    }
}
