package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamW;
import io.percolate.nn.optim.UpdateRule;
import io.percolate.pipeline.training.recipe.DiscriminatorRecipe;
import io.percolate.vae.losses.AdaptiveWeight;
import io.percolate.vae.losses.HingeLoss;
import io.percolate.vae.losses.PatchDiscriminator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A discriminator that trains against an autoencoder: in every step the autoencoder first, then the discriminator on the
 * reconstructions of that step (Esser et al. 2021, eq. 5 to 7). Not thread-safe.
 */
public final class Adversary implements AutoCloseable {

    private final PatchDiscriminator network;
    private final DiscriminatorRecipe recipe;
    private final Precision precision;
    private final Map<String, Parameter> trained = new LinkedHashMap<>();
    private final UpdateRule optimizer;

    /**
     * Readies {@code network} for training, and closes it in the end.
     *
     * @param precision what it computes in
     */
    public Adversary(PatchDiscriminator network, DiscriminatorRecipe recipe, Precision precision) {
        this.network = network;
        this.recipe = recipe;
        this.precision = precision;
        network.makeTrainable();
        network.parameters().forEach((name, parameter) -> {
            if (parameter.isTrained()) {
                trained.put(name, parameter);
            }
        });
        optimizer = new AdamW(trained, recipe.adam());
    }

    /** Whether it takes part in step {@code step}. */
    boolean isActive(long step) {
        return recipe.isActive(step);
    }

    /**
     * Adds the judgement of reconstructions to the autoencoder's loss, weighed as the gradients of both say.
     *
     * @param loss a scalar
     * @param decoded the reconstructions (B,C,H,W), with their graph
     * @param lastLayer the decoder's last weight
     * @param step the number of the step
     * @param terms gets {@code generator} and {@code adaptive_weight}
     */
    NDArray judge(NDArray loss, NDArray decoded, NDArray lastLayer, long step, LossTerms terms) {
        setTrainable(false);
        NDArray generator = HingeLoss.generator(logits(decoded));
        double weight = recipe.weightAt(step) * AdaptiveWeight.of(loss, generator, lastLayer);
        terms.add("generator", generator);
        terms.add("adaptive_weight", weight);
        return Aten.axpby(1, loss, weight, generator);
    }

    /** One step of the discriminator on what the autoencoder has just made of images. */
    void learn(List<Reconstructed> reconstructions, LossTerms terms) {
        setTrainable(true);
        Gradients.on(() -> {
            reconstructions.forEach(part -> Scope.run(() -> backward(part, terms.of(part.share()))));
            return null;
        });
        optimizer.step(recipe.learningRate());
        trained.values().forEach(Parameter::dropGradient);
    }

    private void backward(Reconstructed part, LossTerms terms) {
        NDArray real = logits(part.images());
        NDArray fake = logits(part.decoded());
        NDArray loss = HingeLoss.discriminator(real, fake);
        Gradients.backward(Aten.scale(loss, part.share()));
        terms.add("discriminator", loss);
        terms.add("logits_real", real.mean());
        terms.add("logits_fake", fake.mean());
    }

    private NDArray logits(NDArray images) {
        return Aten.to(network.forward(Aten.to(images, precision)), Precision.FP32);
    }

    private void setTrainable(boolean wanted) {
        trained.values().forEach(parameter -> parameter.value().setRequiresGradient(wanted));
    }

    /** Its weights and running statistics, by the names that checkpoints use. */
    Map<String, Parameter> parameters() {
        return network.parameters();
    }

    /** What moves its weights. */
    UpdateRule optimizer() {
        return optimizer;
    }

    @Override
    public void close() {
        optimizer.close();
        network.close();
    }
}
