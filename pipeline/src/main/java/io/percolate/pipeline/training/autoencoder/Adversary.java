package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamW;
import io.percolate.nn.optim.UpdateRule;
import io.percolate.pipeline.training.recipe.DiscriminatorRecipe;
import io.percolate.vae.losses.LeCam;
import io.percolate.vae.losses.PatchDiscriminator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A discriminator that trains against an autoencoder: in every step the autoencoder first, then the discriminator on the
 * reconstructions of that step (Esser et al. 2021, eq. 5 to 7). Not thread-safe.
 */
public final class Adversary implements AutoCloseable {

    private final PatchDiscriminator network;
    private final LeCam leCam = new LeCam();
    private final DiscriminatorRecipe recipe;
    private final Computation computation;
    private final Map<String, Parameter> trained = new LinkedHashMap<>();
    private final UpdateRule optimizer;

    /**
     * How a discriminator computes.
     *
     * @param precision of its layers
     * @param gradientCheckpointing whether the backward pass computes its layers again
     */
    public record Computation(Precision precision, boolean gradientCheckpointing) {}

    /** Readies {@code network}, which has its values, for training, and closes it in the end. */
    public Adversary(PatchDiscriminator network, DiscriminatorRecipe recipe, Computation computation) {
        this.network = network;
        this.recipe = recipe;
        this.computation = computation;
        network.makeTrainable();
        network.parameters().forEach((name, parameter) -> {
            if (parameter.isTrained()) {
                trained.put(name, parameter);
            }
        });
        leCam.initialise(trained.values().iterator().next().value().getManager(), 0);
        optimizer = new AdamW(trained, recipe.adam());
    }

    /** Whether it takes part in step {@code step}. */
    boolean isActive(long step) {
        return recipe.isActive(step);
    }

    /** Its judgement of the autoencoder in step {@code step}, for a batch of {@code images}. */
    GeneratorLoss judgement(long step, int images, RandomGenerator random) {
        setTrainable(false);
        return new GeneratorLoss(
                view(), recipe, step, recipe.terms().augmentations().next(images, random));
    }

    /** One step of the discriminator on what the autoencoder has just made of images. */
    void learn(List<Reconstructed> reconstructions, GeneratorLoss judgement, LossTerms terms) {
        setTrainable(true);
        DiscriminatorLoss loss =
                new DiscriminatorLoss(view(), recipe.terms(), leCam, judgement.augmentation(), optimizer.steps() > 0);
        reconstructions.forEach(part -> backward(() -> loss.of(part, terms.of(part.share()))));
        leCam.follow(terms.mean("logits_real"), terms.mean("logits_fake"), optimizer.steps());
        optimizer.step(recipe.learningRate());
        trained.values().forEach(Parameter::dropGradient);
    }

    private void backward(Supplier<NDArray> loss) {
        Supplier<Boolean> pass = () -> {
            Scope.run(() -> Gradients.backward(loss.get()));
            return true;
        };
        Gradients.on(computation.gradientCheckpointing() ? () -> GradientCheckpointing.during(pass) : pass);
    }

    private DiscriminatorView view() {
        return new DiscriminatorView(network, computation.precision());
    }

    private void setTrainable(boolean wanted) {
        trained.values().forEach(parameter -> parameter.value().setRequiresGradient(wanted));
    }

    /** Its weights and running statistics, and what a term of its loss remembers, by the names that checkpoints use. */
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(network.parameters());
        if (recipe.terms().leCamWeight() > 0) {
            leCam.parameters().forEach((name, parameter) -> all.put("lecam." + name, parameter));
        }
        return all;
    }

    /** What moves its weights. */
    public UpdateRule optimizer() {
        return optimizer;
    }

    @Override
    public void close() {
        optimizer.close();
        leCam.close();
        network.close();
    }
}
