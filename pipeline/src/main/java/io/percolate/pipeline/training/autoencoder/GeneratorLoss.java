package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.pipeline.training.recipe.DiscriminatorRecipe;
import io.percolate.vae.losses.AdaptiveWeight;
import io.percolate.vae.losses.FeatureMatching;
import io.percolate.vae.losses.HingeLoss;
import io.percolate.vae.losses.ImageAugmentation;
import io.percolate.vae.losses.Judgement;

/**
 * What a discriminator adds to the loss of an autoencoder in one step. The graph of the discriminator lasts no longer
 * than its own backward pass: what is left of it is the gradient at the reconstructions.
 *
 * @param discriminator with frozen weights
 * @param recipe the weights of what is added
 * @param step the number of the step
 * @param augmentation of the images of the batch
 */
record GeneratorLoss(
        DiscriminatorView discriminator, DiscriminatorRecipe recipe, long step, ImageAugmentation augmentation) {

    /**
     * The loss of one micro-batch.
     *
     * @param loss of the autoencoder without a discriminator, a scalar
     * @param decoded the reconstructions (B,C,H,W), with their graph
     * @param made the same without a graph, and the images
     * @param lastLayer the decoder's last weight
     */
    record Judged(NDArray loss, NDArray decoded, Reconstructed made, NDArray lastLayer) {}

    /**
     * Adds feature matching and the judgement of reconstructions, which is weighed as the gradients of both sides say.
     *
     * @param factor what the terms of the autoencoder's loss are multiplied by beside their weights
     * @param terms gets {@code generator}, {@code adaptive_weight} and, if it counts, {@code features}
     */
    NDArray of(Judged judged, double factor, LossTerms terms) {
        NDArray loss = withFeatures(judged, factor, terms);
        NDArray generator = GradientCheckpointing.early(
                judged.decoded(), x -> HingeLoss.generator(discriminator.logits(augmented(x, judged))));
        double weight = recipe.weightAt(step) * AdaptiveWeight.of(loss, generator, judged.lastLayer());
        terms.add("generator", generator);
        terms.add("adaptive_weight", weight);
        return Aten.axpby(1, loss, weight, generator);
    }

    private NDArray withFeatures(Judged judged, double factor, LossTerms terms) {
        double weight = factor * recipe.featureWeightAt(step);
        if (weight == 0) {
            return judged.loss();
        }
        Judgement real = Gradients.off(() -> judge(judged.made().images(), judged));
        NDArray features =
                GradientCheckpointing.early(judged.decoded(), x -> FeatureMatching.of(judge(x, judged), real));
        terms.add("features", features);
        return Aten.axpby(1, judged.loss(), weight, features);
    }

    private Judgement judge(NDArray images, Judged judged) {
        return discriminator.judge(augmented(images, judged));
    }

    private NDArray augmented(NDArray images, Judged judged) {
        return augmentation.apply(images, judged.made().part());
    }
}
