package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * How a step is computed.
 *
 * @param precision what the network computes in
 * @param gradientCheckpointing whether the backward pass computes blocks again instead of keeping what they took:
 *     less memory, and about a quarter more time
 */
public record ComputePlan(TrainingPrecision precision, boolean gradientCheckpointing) {

    /** What a recipe has that does not say otherwise. */
    public static final ComputePlan DEFAULT = new ComputePlan(TrainingPrecision.AUTO, false);

    static ComputePlan from(JsonConfig section) {
        return new ComputePlan(
                RecipeSection.choice(section, "precision", TrainingPrecision.class, DEFAULT.precision),
                section.flag("gradient_checkpointing", DEFAULT.gradientCheckpointing));
    }

    void addTo(Map<String, Object> section) {
        section.put("precision", RecipeSection.name(precision));
        section.put("gradient_checkpointing", gradientCheckpointing);
    }
}
