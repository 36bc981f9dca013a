package io.percolate.pipeline.training.preset;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.recipe.ClassRecipe;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Recipes by the size of the images. What is not a matter of size is as in the embedded model's recipes, and for a size
 * that one of those is made for, it is the same recipe.
 */
public final class Presets {

    private Presets() {}

    /**
     * An autoencoder for images of {@code side} x {@code side} pixels. One for more than 256x256 learns from random
     * squares of 256x256 of such images.
     *
     * @throws IllegalArgumentException if it cannot halve such images evenly
     */
    public static VaeRecipe vae(int side) {
        return VaePreset.of(side).over(VaeRecipe.embedded()).withResolution(side);
    }

    /**
     * The same for an autoencoder of another shape, such as one that was trained before.
     *
     * @throws IllegalArgumentException if it cannot halve such images evenly
     */
    public static VaeRecipe vae(VaeConfig shape, int side) {
        VaeRecipe preset = VaePreset.of(side).over(VaeRecipe.embedded());
        return preset.withVae(shape.withSampleSize(preset.vae().sampleSize())).withResolution(side);
    }

    /** A denoiser in the latents of {@code vae}, of images of the size that it was trained for. */
    public static DiffusionRecipe latents(VaeConfig vae) {
        return latents(vae, vae.sampleSize());
    }

    /**
     * A denoiser of images of {@code side} x {@code side} pixels, in the latents of {@code vae}.
     *
     * @throws IllegalArgumentException if autoencoder and denoiser cannot halve such images evenly
     */
    public static DiffusionRecipe latents(VaeConfig vae, int side) {
        int factor = vae.downsamplingFactor();
        return DenoiserPreset.ofLatents(side / factor)
                .over(DiffusionRecipe.embedded(vae))
                .withResolution(side, factor);
    }

    /**
     * A denoiser of pixels of images of {@code side} x {@code side}.
     *
     * @throws IllegalArgumentException if it cannot halve such images evenly
     */
    public static DiffusionRecipe pixels(int side) {
        return DenoiserPreset.ofPixels(side).over(DiffusionRecipe.pixels()).withResolution(side);
    }

    /**
     * A denoiser for what {@code dataset} has: captions, classes or neither.
     *
     * @param vae the autoencoder in whose latents it works; empty for pixels
     * @param side of the images, whatever {@code changes} say; empty for what they say, else what the autoencoder was
     *     trained for, or 64 on pixels
     * @param changes what is otherwise than usual
     * @throws IllegalArgumentException if autoencoder and denoiser cannot halve such images evenly
     */
    public static DiffusionRecipe denoiser(
            ImageDataset dataset, Optional<VaeConfig> vae, OptionalInt side, Optional<RecipeOverlay> changes) {
        DiffusionRecipe usual = usual(dataset, vae, side);
        DiffusionRecipe recipe = changes.map(usual::with).orElse(usual);
        int factor = vae.map(VaeConfig::downsamplingFactor).orElse(1);
        return side.isEmpty() ? recipe : recipe.withResolution(side.getAsInt(), factor);
    }

    private static DiffusionRecipe usual(ImageDataset dataset, Optional<VaeConfig> vae, OptionalInt side) {
        DiffusionRecipe usual = sized(vae, side);
        if (dataset.hasCaptions()) {
            return usual;
        }
        return dataset.hasLabels() ? usual.withClasses(ClassRecipe.DEFAULT) : usual.withoutText();
    }

    private static DiffusionRecipe sized(Optional<VaeConfig> vae, OptionalInt side) {
        return side.isEmpty()
                ? vae.map(Presets::latents).orElseGet(DiffusionRecipe::pixels)
                : vae.map(shape -> latents(shape, side.getAsInt())).orElseGet(() -> pixels(side.getAsInt()));
    }
}
