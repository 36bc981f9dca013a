package io.percolate.pipeline.comparison;

import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.training.recipe.Budget;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is compared.
 *
 * @param data a folder of images; those marked as held out are left out altogether
 * @param out where everything goes
 * @param recipe the denoiser of pixels; that of latents is {@linkplain DiffusionRecipe#inLatents made from it}
 * @param autoencoder where the latents come from
 * @param budget of each of the two, the autoencoder's training included if it has one
 * @param samples images generated with each model, and held out to compare them with
 */
public record ComparisonSettings(
        Path data,
        Path out,
        DiffusionRecipe recipe,
        AutoencoderChoice autoencoder,
        Budget budget,
        SampleBudget samples) {

    /** Side of the images in pixels. */
    int resolution() {
        return recipe.unet().sampleSize().orElseThrow();
    }

    /** What must be the same when a comparison goes on, by the options' names. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("data", data.toAbsolutePath().normalize().toString());
        identity.put("resolution", String.valueOf(resolution()));
        identity.put("budget", budget.toString());
        identity.put("config", Integer.toHexString(recipe.toString().hashCode()));
        identity.put("vae", autoencoder.identity());
        identity.put("images", String.valueOf(samples.images()));
        identity.put("sampling-steps", String.valueOf(samples.steps()));
        return identity;
    }
}
