package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.training.recipe.RecipeSection;
import java.util.Map;
import java.util.TreeMap;

/**
 * All weights of the denoiser: the section {@code whole} of a recipe.
 *
 * @param text whether those of the text encoders are trained, too
 * @param textRatio their learning rate as a multiple of that of the U-Net
 */
public record WholePlan(boolean text, double textRatio) implements AdaptationPlan {

    /** What a recipe has that does not say otherwise. */
    public static final WholePlan DEFAULT = new WholePlan(false, 0.5);

    public WholePlan {
        RecipeSection.require(textRatio > 0 && Double.isFinite(textRatio), "text_encoder_ratio", textRatio);
    }

    @Override
    public String section() {
        return "whole";
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("text_encoder", text);
        values.put("text_encoder_ratio", textRatio);
        return values;
    }

    @Override
    public WholePlan read(JsonConfig section) {
        return new WholePlan(section.flag("text_encoder", text), section.number("text_encoder_ratio", textRatio));
    }

    /** The same, training the text encoders, too. */
    public WholePlan withText() {
        return new WholePlan(true, textRatio);
    }

    @Override
    public boolean trainsText() {
        return text;
    }

    @Override
    public Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts) {
        return new WholeAdaptation(this, base, source);
    }
}
