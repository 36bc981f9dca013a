package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * How often a training leaves something in its folder.
 *
 * @param saveMinutes minutes between two checkpoints
 * @param sampleMinutes minutes between two sample images
 */
public record SavePlan(double saveMinutes, double sampleMinutes) {

    /** What a recipe has that does not say otherwise. */
    public static final SavePlan DEFAULT = new SavePlan(5, 5);

    public SavePlan {
        TrainingPlan.require(saveMinutes > 0, "save_minutes", saveMinutes);
        TrainingPlan.require(sampleMinutes > 0, "sample_minutes", sampleMinutes);
    }

    /** The same with other pauses between two sample images. */
    public SavePlan withSampleMinutes(double minutes) {
        return new SavePlan(saveMinutes, minutes);
    }

    static SavePlan from(JsonConfig section) {
        return new SavePlan(
                section.number("save_minutes", DEFAULT.saveMinutes),
                section.number("sample_minutes", DEFAULT.sampleMinutes));
    }

    void addTo(Map<String, Object> section) {
        section.put("save_minutes", saveMinutes);
        section.put("sample_minutes", sampleMinutes);
    }
}
