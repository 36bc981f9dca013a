package io.percolate.pipeline.training.tuning;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.training.recipe.RecipeSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What images are called in a fine-tuning: the section {@code captions} of a recipe.
 *
 * @param trigger words that every caption begins with, which the model is to learn; empty for none
 * @param dropout share of the captions replaced by the empty one, so that guidance keeps its other side
 * @param classCaption what images of {@code --class-data} are called that have no caption
 * @param priorWeight how much the error of each of them counts
 */
public record CaptionPlan(Optional<String> trigger, double dropout, Optional<String> classCaption, double priorWeight) {

    /** What a recipe has that does not say otherwise. */
    public static final CaptionPlan DEFAULT = new CaptionPlan(Optional.empty(), 0.05, Optional.empty(), 1);

    public CaptionPlan {
        new CaptionDropout(dropout);
        RecipeSection.require(priorWeight > 0 && priorWeight < 1000, "prior_weight", priorWeight);
    }

    static CaptionPlan from(JsonConfig section) {
        return new CaptionPlan(
                Optional.ofNullable(section.string("trigger", null)),
                section.number("caption_dropout", DEFAULT.dropout),
                Optional.ofNullable(section.string("class_caption", null)),
                section.number("prior_weight", DEFAULT.priorWeight));
    }

    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("trigger", trigger.orElse(null));
        values.put("caption_dropout", dropout);
        values.put("class_caption", classCaption.orElse(null));
        values.put("prior_weight", priorWeight);
        return values;
    }

    /** The same with words that every caption begins with. */
    public CaptionPlan withTrigger(String words) {
        return new CaptionPlan(Optional.of(words), dropout, classCaption, priorWeight);
    }

    /** The same with another share of captions left out. */
    public CaptionPlan withDropout(double share) {
        return new CaptionPlan(trigger, share, classCaption, priorWeight);
    }

    /** The same with another caption for images of the class. */
    public CaptionPlan withClassCaption(String caption) {
        return new CaptionPlan(trigger, dropout, Optional.of(caption), priorWeight);
    }

    /** {@code entry} with the trigger before each caption, or alone if it has none. */
    ImageEntry triggered(ImageEntry entry) {
        return trigger.map(entry::triggered).orElse(entry);
    }

    /** An image of the class, which comes {@code often} as often as others. */
    ImageEntry ofClass(ImageEntry entry, double often) {
        ImageEntry named = classCaption
                .filter(caption -> entry.captions().isEmpty())
                .map(caption -> entry.withCaptions(List.of(caption)))
                .orElse(entry);
        return named.withField("weight", String.valueOf(often * entry.weight()))
                .withField("loss_weight", String.valueOf(priorWeight));
    }
}
