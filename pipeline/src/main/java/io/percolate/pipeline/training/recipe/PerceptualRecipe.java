package io.percolate.pipeline.training.recipe;

import ai.djl.ndarray.NDManager;
import io.percolate.files.JsonConfig;
import io.percolate.vae.losses.PerceptualLoss;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The network that says how different two images look: the section {@code perceptual} of an autoencoder's recipe.
 *
 * @param file TorchScript with the call of the published LPIPS file; none to do without
 * @param weight how much the distance counts
 */
public record PerceptualRecipe(Optional<String> file, double weight) {

    /** None. */
    public static final PerceptualRecipe NONE = new PerceptualRecipe(Optional.empty(), 1);

    public PerceptualRecipe {
        TrainingPlan.require(weight >= 0 && Double.isFinite(weight), "weight", weight);
    }

    /** The one in that section. */
    public static PerceptualRecipe from(JsonConfig section) {
        return new PerceptualRecipe(
                section.isNull("file") ? Optional.empty() : Optional.of(section.string("file")),
                section.number("weight", NONE.weight));
    }

    /** All of it, as that section. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("file", file.orElse(null));
        values.put("weight", weight);
        return values;
    }

    /** Opens the network on the device of {@code manager}. */
    public PerceptualLoss open(NDManager manager) {
        return file.map(path -> PerceptualLoss.open(Path.of(path), weight, manager))
                .orElse(PerceptualLoss.NONE);
    }
}
