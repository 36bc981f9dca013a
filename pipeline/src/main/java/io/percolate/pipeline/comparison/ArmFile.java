package io.percolate.pipeline.comparison;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An arm as JSON: its {@code name}, its {@code space} ({@code pixels} or {@code latents}), its {@code recipe} (what is
 * otherwise than in the usual one of that space), and for latents the folder {@code vae} of a finished autoencoder, or a
 * {@code vae_recipe}; without either it has the autoencoder of the comparison. {@code data} says what folder it is meant
 * for.
 *
 * @param data the folder of images that is compared on
 * @param pixels the usual recipe on pixels
 * @param autoencoder of latent arms that name none
 */
public record ArmFile(Path data, DiffusionRecipe pixels, AutoencoderChoice autoencoder) {

    private static final String VAE = "vae";
    private static final String VAE_RECIPE = "vae_recipe";

    /**
     * Reads an arm.
     *
     * @throws IllegalArgumentException if it is wrong, or meant for other data; it names the arm
     */
    public ArmRecipe read(Path file) {
        JsonConfig json = JsonConfig.read(file);
        String name = json.string("name");
        requireData(name, json);
        RecipeOverlay overlay = overlay(name, json, "recipe");
        ArmRecipe usual = usual(name, json);
        json.refuseUnread(Map.of());
        return new ArmRecipe(name, usual.recipe().with(overlay), usual.autoencoder());
    }

    private ArmRecipe usual(String name, JsonConfig json) {
        String space = json.string("space");
        return switch (space) {
            case "pixels" -> ArmRecipe.pixels(pixels);
            case "latents" -> ArmRecipe.latents(pixels, autoencoder(name, json));
            default ->
                throw new IllegalArgumentException("arm " + name + ": space is " + space + ", choose from "
                        + String.join(", ", List.of("pixels", "latents")));
        };
    }

    private AutoencoderChoice autoencoder(String name, JsonConfig json) {
        if (!json.isNull(VAE) && !json.isNull(VAE_RECIPE)) {
            throw new IllegalArgumentException("arm " + name + " has both vae and vae_recipe: leave one out");
        }
        if (!json.isNull(VAE)) {
            return new AutoencoderChoice.Finished(Path.of(json.string(VAE)));
        }
        return json.isNull(VAE_RECIPE)
                ? autoencoder
                : new AutoencoderChoice.Trained(
                        VAE + "-" + name, VaeRecipe.embedded().with(overlay(name, json, VAE_RECIPE)));
    }

    private static RecipeOverlay overlay(String name, JsonConfig json, String key) {
        return RecipeOverlay.of(
                "arm " + name, json.section(key).map(JsonConfig::values).orElse(Map.of()));
    }

    private void requireData(String name, JsonConfig json) {
        if (!json.isNull("data") && !absolute(Path.of(json.string("data"))).equals(absolute(data))) {
            throw new IllegalArgumentException("arm " + name + " is meant for the images in " + json.string("data")
                    + ", but compared are those in " + data);
        }
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
