package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a step is computed.
 *
 * @param precision what the network computes in
 * @param gradientCheckpointing whether the backward pass computes blocks again instead of keeping what they took:
 *     less memory, and about a quarter more time
 * @param microBatch how many images of a batch go through the network together: less memory, the same weights; empty
 *     for all of them
 */
public record ComputePlan(TrainingPrecision precision, boolean gradientCheckpointing, OptionalInt microBatch) {

    /** What a recipe has that does not say otherwise. */
    public static final ComputePlan DEFAULT = new ComputePlan(TrainingPrecision.AUTO, false, OptionalInt.empty());

    public ComputePlan {
        TrainingPlan.require(microBatch.orElse(1) > 0, "micro_batch", microBatch.orElse(1));
    }

    static ComputePlan from(JsonConfig section) {
        return new ComputePlan(
                RecipeSection.choice(section, "precision", TrainingPrecision.class, DEFAULT.precision),
                section.flag("gradient_checkpointing", DEFAULT.gradientCheckpointing),
                section.isNull("micro_batch") ? DEFAULT.microBatch : OptionalInt.of(section.integer("micro_batch")));
    }

    void addTo(Map<String, Object> section) {
        section.put("precision", RecipeSection.name(precision));
        section.put("gradient_checkpointing", gradientCheckpointing);
        section.put("micro_batch", microBatch.isPresent() ? microBatch.getAsInt() : null);
    }

    /** The same in another precision. */
    public ComputePlan withPrecision(TrainingPrecision other) {
        return new ComputePlan(other, gradientCheckpointing, microBatch);
    }

    /** The same with blocks computed again, or what they took kept. */
    public ComputePlan withGradientCheckpointing(boolean wanted) {
        return new ComputePlan(precision, wanted, microBatch);
    }

    /** The same with at most so many images in the network together. */
    public ComputePlan withMicroBatch(int images) {
        return new ComputePlan(precision, gradientCheckpointing, OptionalInt.of(images));
    }
}
