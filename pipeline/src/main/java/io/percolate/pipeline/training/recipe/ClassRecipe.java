package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.ClassNames;
import io.percolate.pipeline.data.ImageDataset;
import java.util.Map;

/**
 * The classes of the images: the section {@code classes} of a recipe. The denoiser gets a row for each class of the
 * data set, and one more, the null class, for images whose class it is not told.
 *
 * @param labelDropout share of the labels replaced by the null class, for classifier-free guidance
 */
public record ClassRecipe(double labelDropout) implements PromptRecipe {

    /** What a recipe has that does not say otherwise. */
    public static final ClassRecipe DEFAULT = new ClassRecipe(0.1);

    public ClassRecipe {
        new CaptionDropout(labelDropout);
    }

    static ClassRecipe from(JsonConfig section) {
        return new ClassRecipe(section.number("label_dropout", DEFAULT.labelDropout));
    }

    Map<String, Object> values() {
        return Map.of("label_dropout", labelDropout);
    }

    @Override
    public DiffusionRecipe fit(DiffusionRecipe recipe, ImageDataset dataset) {
        if (!dataset.hasLabels()) {
            throw new IllegalArgumentException("the recipe's U-Net is told classes, but " + dataset.folder()
                    + " does not have one for every image, and two at least: put the images into a sub-folder for each,"
                    + " or write a column label, or leave classes out of the recipe");
        }
        recipe.plan().saving().prompts().forEach(ClassNames.of(dataset)::number);
        return recipe.unet().classes() instanceof ClassLabels.None
                ? recipe.withClassCount(ClassNames.of(dataset).count())
                : recipe;
    }

    @Override
    public void addTo(Map<String, Object> recipe) {
        recipe.put("classes", values());
    }

    @Override
    public CaptionDropout dropout() {
        return new CaptionDropout(labelDropout);
    }
}
