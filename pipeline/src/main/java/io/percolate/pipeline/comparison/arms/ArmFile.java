package io.percolate.pipeline.comparison.arms;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.training.gan.GanRecipe;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An arm as JSON: its {@code name}, its {@code family} ({@code diffusion}, {@code gan} or {@code vae}), and its {@code
 * recipe} (what is otherwise than in the usual one). A denoiser has a {@code space}, {@code pixels} or {@code latents}, and
 * for latents the folder {@code vae} of a finished autoencoder, or a {@code vae_recipe}; without either it has the
 * autoencoder of the comparison. {@code data} says what folder it is meant for.
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
        ArmRecipe arm = arm(name, json, overlay(name, json, "recipe"));
        json.refuseUnread(Map.of());
        return arm;
    }

    private ArmRecipe arm(String name, JsonConfig json, RecipeOverlay overlay) {
        String family = json.string("family", "diffusion");
        int side = pixels.sampleSize();
        return switch (family) {
            case "diffusion" -> denoiser(name, json, overlay);
            case "gan" ->
                new ArmRecipe(
                        name, new GanArm(GanRecipe.usual().withResolution(side).with(overlay)));
            case VAE ->
                new ArmRecipe(
                        name,
                        new PriorArm(VaeRecipe.embedded().withResolution(side).with(overlay)));
            default -> throw choose(name, "family", family, "diffusion", "gan", VAE);
        };
    }

    private ArmRecipe denoiser(String name, JsonConfig json, RecipeOverlay overlay) {
        String space = json.string("space");
        return switch (space) {
            case "pixels" -> ArmRecipe.of(name, pixels.with(overlay), Optional.empty());
            case "latents" -> {
                AutoencoderChoice choice = autoencoder(name, json);
                yield ArmRecipe.of(name, pixels.inLatents(choice.config()).with(overlay), Optional.of(choice));
            }
            default -> throw choose(name, "space", space, "pixels", "latents");
        };
    }

    private static IllegalArgumentException choose(String arm, String key, String value, String... choices) {
        return new IllegalArgumentException(
                "arm " + arm + ": " + key + " is " + value + ", choose from " + String.join(", ", choices));
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
