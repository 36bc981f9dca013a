package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.vae.losses.AdversarialTerms;
import io.percolate.vae.losses.HingeLoss;
import io.percolate.vae.losses.ImageAugmentation;
import io.percolate.vae.losses.LeCam;

/**
 * What a discriminator minimises in one step.
 *
 * @param discriminator with weights that gather gradients
 * @param weights of the terms beside the hinge loss
 * @param leCam with the running means of the steps before
 * @param augmentation of the images of the batch
 * @param remembers whether there were steps before
 */
record DiscriminatorLoss(
        DiscriminatorView discriminator,
        AdversarialTerms weights,
        LeCam leCam,
        ImageAugmentation augmentation,
        boolean remembers) {

    /**
     * The loss of one micro-batch, times its share of the batch: a scalar.
     *
     * @param terms gets {@code discriminator}, {@code logits_real}, {@code logits_fake} and, if they count, {@code
     *     lecam} and {@code r1}
     */
    NDArray of(Reconstructed part, LossTerms terms) {
        NDArray images = part.images();
        NDArray seen = weights.r1Weight() > 0 ? Gradients.leaf(images) : images;
        NDArray real =
                weights.r1Weight() > 0 ? GradientCheckpointing.without(() -> logits(seen, part)) : logits(seen, part);
        NDArray fake = logits(part.decoded(), part);
        NDArray loss = HingeLoss.discriminator(real, fake);
        terms.add("discriminator", loss);
        terms.add("logits_real", real.mean());
        terms.add("logits_fake", fake.mean());
        return Aten.scale(withR1(withLeCam(loss, real, fake, terms), real, seen, terms), part.share());
    }

    private NDArray withLeCam(NDArray loss, NDArray real, NDArray fake, LossTerms terms) {
        if (weights.leCamWeight() == 0 || !remembers) {
            return loss;
        }
        NDArray distance = leCam.of(real, fake);
        terms.add("lecam", distance);
        return Aten.axpby(1, loss, weights.leCamWeight(), distance);
    }

    private NDArray withR1(NDArray loss, NDArray real, NDArray images, LossTerms terms) {
        if (weights.r1Weight() == 0) {
            return loss;
        }
        long count = images.getShape().get(0);
        NDArray sumOfMeans = Aten.scale(real.mean(), count);
        NDArray penalty = Aten.scale(Gradients.squaredNorm(sumOfMeans, images), 1.0 / count);
        terms.add("r1", penalty);
        return Aten.axpby(1, loss, weights.r1Weight() / 2, penalty);
    }

    private NDArray logits(NDArray images, Reconstructed part) {
        return discriminator.logits(augmentation.apply(images, part.part()));
    }
}
