package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code percolate train vae} trains and how: the JSON of {@code --config} with the sections {@code vae}
 * (the keys of diffusers' AutoencoderKL), {@code loss} and {@code training}.
 *
 * @param vae the shape of the autoencoder; its {@code sample_size} is the size of the images
 * @param loss what reconstructions are judged by
 * @param plan how it is trained
 */
public record VaeRecipe(VaeConfig vae, VaeLossConfig loss, TrainingPlan plan) {

    /** Reads a recipe. */
    public static VaeRecipe read(Path file) {
        return Recipes.read(file, VaeRecipe::of);
    }

    /** What the embedded model's autoencoder was trained with: factor 8, images of 128x128. */
    public static VaeRecipe embedded() {
        return of(Recipes.embedded("vae.json"));
    }

    /** The same for images of {@code side} x {@code side} pixels. */
    public VaeRecipe withResolution(int side) {
        return new VaeRecipe(vae.withSampleSize(side), loss, plan);
    }

    private static VaeRecipe of(JsonConfig json) {
        VaeRecipe recipe = new VaeRecipe(
                VaeJson.read(Recipes.section(json, "vae")),
                loss(Recipes.section(json, "loss")),
                TrainingPlan.from(Recipes.section(json, "training")));
        json.refuseUnread(Map.of());
        return recipe;
    }

    private static VaeLossConfig loss(JsonConfig section) {
        VaeLossConfig loss = new VaeLossConfig(
                Reconstruction.valueOf(section.string("reconstruction", "l2").toUpperCase(Locale.ROOT)),
                section.number("gradient_weight", 0),
                section.integer("gradient_scales", 4),
                section.number("ssim_weight", 0),
                section.number("kl_weight", 0.0049152));
        section.refuseUnread(Map.of());
        return loss;
    }
}
