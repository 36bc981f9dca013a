package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.Budget;
import io.percolate.pipeline.training.DiffusionRecipe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is compared.
 *
 * @param data a folder of pictures; those marked as held out are left out altogether
 * @param out where everything goes
 * @param recipe the denoiser of pixels; that of latents is {@linkplain DiffusionRecipe#inLatents made from it}
 * @param autoencoder where the latents come from
 * @param budget of each of the two, the autoencoder's training included if it has one
 * @param effort how much is drawn
 */
public record ComparisonSettings(
        Path data, Path out, DiffusionRecipe recipe, AutoencoderChoice autoencoder, Budget budget, Effort effort) {

    /**
     * How much is drawn.
     *
     * @param pictures drawn with each model, and held out to compare them with
     * @param steps inference steps
     */
    public record Effort(int pictures, int steps) {

        public Effort {
            if (pictures < 2 || steps < 1) {
                throw new IllegalArgumentException(pictures + " pictures in " + steps
                        + " steps: draw at least 2 pictures in 1 step to compare anything");
            }
        }
    }

    /** Side of the pictures in pixels. */
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
        identity.put("pictures", String.valueOf(effort.pictures));
        identity.put("sampling-steps", String.valueOf(effort.steps));
        return identity;
    }
}
