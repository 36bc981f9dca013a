package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * How a training is judged by images that it does not learn from.
 *
 * @param steps between two validations; 0 for none
 * @param images at most so many
 * @param share of the images to train on that are held out instead, 0 to 1; 0 takes those that the data set holds out
 */
public record ValidationPlan(int steps, int images, double share) {

    /** What a recipe has that does not say otherwise. */
    public static final ValidationPlan DEFAULT = new ValidationPlan(500, 32, 0);

    /** No image is held out. */
    public static final ValidationPlan NONE = new ValidationPlan(0, 32, 0);

    public ValidationPlan {
        RecipeSection.require(steps >= 0, "validation_steps", steps);
        RecipeSection.require(images > 0, "validation_images", images);
        RecipeSection.require(share >= 0 && share < 1, "validation_share", share);
    }

    static ValidationPlan from(JsonConfig section) {
        return new ValidationPlan(
                section.integer("validation_steps", DEFAULT.steps),
                section.integer("validation_images", DEFAULT.images),
                section.number("validation_share", DEFAULT.share));
    }

    void addTo(Map<String, Object> section) {
        section.put("validation_steps", steps);
        section.put("validation_images", images);
        section.put("validation_share", share);
    }

    /** Whether anything is held out. */
    public boolean isWanted() {
        return steps > 0;
    }

    /** Whether the training is judged after {@code step} steps, of which there were {@code before} a moment ago. */
    public boolean isDue(long before, long step) {
        return isWanted() && step / steps > before / steps;
    }
}
