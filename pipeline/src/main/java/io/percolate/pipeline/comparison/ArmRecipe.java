package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the models that are compared.
 *
 * @param name what it is called in the report, and what its folders are called
 * @param recipe its denoiser, in the space where it works
 * @param autoencoder where its latents come from; empty for pixels
 */
public record ArmRecipe(String name, DiffusionRecipe recipe, Optional<AutoencoderChoice> autoencoder) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    public ArmRecipe {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an arm is called '" + name
                    + "': give it up to 40 lower-case letters, digits and hyphens, for its folders have the same name");
        }
        autoencoder.ifPresent(choice -> requireChannels(name, recipe, choice));
    }

    /** On pixels. */
    public static ArmRecipe pixels(DiffusionRecipe recipe) {
        return new ArmRecipe("pixels", recipe, Optional.empty());
    }

    /** In the latents of {@code autoencoder}, where the finest levels of {@code pixels} are {@linkplain DiffusionRecipe#inLatents left out}. */
    public static ArmRecipe latents(DiffusionRecipe pixels, AutoencoderChoice autoencoder) {
        return new ArmRecipe("latents", pixels.inLatents(autoencoder.config()), Optional.of(autoencoder));
    }

    /** Side of its images in pixels. */
    int resolution() {
        return recipe.sampleSize() * factor();
    }

    /** The part of its budget that training its autoencoder takes. */
    double share() {
        return autoencoder.map(AutoencoderChoice::share).orElse(0.0);
    }

    /** Where it works, in words. */
    String space() {
        return autoencoder.map(choice -> "latents, f" + factor()).orElse("pixels");
    }

    /** What tells it from others. */
    String identity() {
        return Integer.toHexString(recipe.toString().hashCode())
                + autoencoder.map(choice -> " in " + choice.identity()).orElse("");
    }

    private int factor() {
        return autoencoder.map(choice -> choice.config().downsamplingFactor()).orElse(1);
    }

    private static void requireChannels(String name, DiffusionRecipe recipe, AutoencoderChoice autoencoder) {
        int latents = autoencoder.config().latentChannels();
        if (recipe.unet().inChannels() != latents || recipe.unet().outChannels() != latents) {
            throw new IllegalArgumentException("arm " + name + ": the U-Net goes from "
                    + recipe.unet().inChannels() + " to " + recipe.unet().outChannels()
                    + " channels but its latents have "
                    + latents + ": set in_channels and out_channels of its recipe's section unet");
        }
    }
}
