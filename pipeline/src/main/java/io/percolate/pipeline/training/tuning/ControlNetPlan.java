package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.control.Preprocessor;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A ControlNet (Zhang et al. 2023): the section {@code controlnet} of a recipe.
 *
 * @param preprocessor what makes a control image of each image
 * @param controls a folder with an image of the same name for each, to be preprocessed in its place; empty for none
 */
public record ControlNetPlan(Preprocessor preprocessor, Optional<Path> controls) implements AdaptationPlan {

    /** What a recipe has that does not say otherwise. */
    public static final ControlNetPlan DEFAULT = new ControlNetPlan(Preprocessor.CANNY, Optional.empty());

    @Override
    public String section() {
        return "controlnet";
    }

    @Override
    public String file() {
        return "controlnet";
    }

    @Override
    public ControlNetPlan read(JsonConfig section) {
        return new ControlNetPlan(
                RecipeSection.choice(section, "preprocessor", Preprocessor.class, preprocessor),
                Optional.ofNullable(section.string("controls", null)).map(Path::of));
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("preprocessor", RecipeSection.name(preprocessor));
        values.put("controls", controls.map(Path::toString).orElse(null));
        return values;
    }

    /** The same with control images in {@code folder}, which are not preprocessed any more. */
    public ControlNetPlan withControls(Path folder) {
        return new ControlNetPlan(Preprocessor.NONE, Optional.of(folder));
    }

    /** The same with control images made otherwise. */
    public ControlNetPlan withPreprocessor(Preprocessor other) {
        return new ControlNetPlan(other, controls);
    }

    @Override
    public void check(TrainingPlan plan, LossRecipe loss) {
        if (plan.data().flips()) {
            throw new IllegalArgumentException(
                    "flips is true, but control images are not mirrored with their images: set it to false");
        }
    }

    @Override
    public boolean trainsText() {
        return false;
    }

    @Override
    public Adaptation begin(BaseModel base, BaseSource source, TuningFacts facts) {
        return new ControlNetAdaptation(this, base, facts);
    }
}
