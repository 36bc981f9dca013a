package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * How often a training leaves something in its folder.
 *
 * @param saveMinutes minutes between two checkpoints
 * @param sampleMinutes minutes between two sample images
 * @param validation when it is judged by images that it does not learn from
 */
public record SavePlan(double saveMinutes, double sampleMinutes, ValidationPlan validation) {

    /** What a recipe has that does not say otherwise. */
    public static final SavePlan DEFAULT = new SavePlan(5, 5, ValidationPlan.DEFAULT);

    public SavePlan {
        RecipeSection.require(saveMinutes > 0, "save_minutes", saveMinutes);
        RecipeSection.require(sampleMinutes > 0, "sample_minutes", sampleMinutes);
    }

    /** The same with other pauses between two sample images. */
    public SavePlan withSampleMinutes(double minutes) {
        return new SavePlan(saveMinutes, minutes, validation);
    }

    /** The same, judged otherwise. */
    public SavePlan withValidation(ValidationPlan other) {
        return new SavePlan(saveMinutes, sampleMinutes, other);
    }

    static SavePlan from(JsonConfig section) {
        return new SavePlan(
                section.number("save_minutes", DEFAULT.saveMinutes),
                section.number("sample_minutes", DEFAULT.sampleMinutes),
                ValidationPlan.from(section));
    }

    void addTo(Map<String, Object> section) {
        section.put("save_minutes", saveMinutes);
        section.put("sample_minutes", sampleMinutes);
        validation.addTo(section);
    }
}
