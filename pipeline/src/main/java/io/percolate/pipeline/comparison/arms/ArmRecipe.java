package io.percolate.pipeline.comparison.arms;

import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the models that are compared.
 *
 * @param name what it is called in the report, and what its folders are called
 * @param model what is trained
 */
public record ArmRecipe(String name, ArmModel model) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    public ArmRecipe {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an arm is called '" + name
                    + "': give it up to 40 lower-case letters, digits and hyphens, for its folders have the same name");
        }
    }

    /** On pixels. */
    public static ArmRecipe pixels(DiffusionRecipe recipe) {
        return of("pixels", recipe, Optional.empty());
    }

    /** In the latents of {@code autoencoder}, where the finest levels of {@code pixels} are {@linkplain DiffusionRecipe#inLatents left out}. */
    public static ArmRecipe latents(DiffusionRecipe pixels, AutoencoderChoice autoencoder) {
        return of("latents", pixels.inLatents(autoencoder.config()), Optional.of(autoencoder));
    }

    /** A denoiser in the space of {@code autoencoder}, or on pixels. */
    static ArmRecipe of(String name, DiffusionRecipe recipe, Optional<AutoencoderChoice> autoencoder) {
        DiffusionArm model = new DiffusionArm(recipe, autoencoder);
        model.requireChannels(name);
        return new ArmRecipe(name, model);
    }

    /** Where its latents come from; empty if it has none that are prepared for it. */
    public Optional<AutoencoderChoice> autoencoder() {
        return model.autoencoder();
    }

    /** The part of its budget that training its autoencoder takes. */
    public double share() {
        return autoencoder().map(AutoencoderChoice::share).orElse(0.0);
    }

    /**
     * Fails if this and {@code other} cannot be compared.
     *
     * @throws IllegalArgumentException that names both
     */
    public void requireComparable(ArmRecipe other) {
        int side = model.resolution();
        int theirs = other.model.resolution();
        if (side != theirs) {
            throw new IllegalArgumentException("arm %s has images of %dx%d but arm %s of %dx%d: they cannot be compared"
                    .formatted(name, side, side, other.name, theirs, theirs));
        }
        if (!model.captions().suits(other.model.captions())) {
            throw new IllegalArgumentException("one of the arms " + name + " and " + other.name
                    + " reads captions and the other does not: they cannot be compared");
        }
    }
}
