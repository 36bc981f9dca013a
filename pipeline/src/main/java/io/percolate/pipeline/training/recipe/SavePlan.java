package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.util.List;
import java.util.Map;

/**
 * How often a training leaves something in its folder.
 *
 * @param saveMinutes minutes between two checkpoints
 * @param sampleMinutes minutes between two sample images
 * @param prompts what a denoiser's sample images are to show: captions, or names of classes; empty for those of images
 * @param validation when it is judged by images that it does not learn from
 */
public record SavePlan(double saveMinutes, double sampleMinutes, List<String> prompts, ValidationPlan validation) {

    /** What a recipe has that does not say otherwise. */
    public static final SavePlan DEFAULT = new SavePlan(5, 5, ValidationPlan.DEFAULT);

    public SavePlan {
        prompts = List.copyOf(prompts);
        RecipeSection.require(saveMinutes > 0, "save_minutes", saveMinutes);
        RecipeSection.require(sampleMinutes > 0, "sample_minutes", sampleMinutes);
    }

    /** With samples of the prompts of images. */
    public SavePlan(double saveMinutes, double sampleMinutes, ValidationPlan validation) {
        this(saveMinutes, sampleMinutes, List.of(), validation);
    }

    /** The same with other pauses between two sample images. */
    public SavePlan withSampleMinutes(double minutes) {
        return new SavePlan(saveMinutes, minutes, prompts, validation);
    }

    /** The same, judged otherwise. */
    public SavePlan withValidation(ValidationPlan other) {
        return new SavePlan(saveMinutes, sampleMinutes, prompts, other);
    }

    /** The same with samples of other prompts. */
    public SavePlan withPrompts(List<String> other) {
        return new SavePlan(saveMinutes, sampleMinutes, other, validation);
    }

    static SavePlan from(JsonConfig section) {
        return new SavePlan(
                section.number("save_minutes", DEFAULT.saveMinutes),
                section.number("sample_minutes", DEFAULT.sampleMinutes),
                section.strings("sample_prompts", DEFAULT.prompts),
                ValidationPlan.from(section));
    }

    void addTo(Map<String, Object> section) {
        section.put("save_minutes", saveMinutes);
        section.put("sample_minutes", sampleMinutes);
        section.put("sample_prompts", prompts);
        validation.addTo(section);
    }
}
