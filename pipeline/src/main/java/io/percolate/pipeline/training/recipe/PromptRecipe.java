package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.pipeline.data.ImageDataset;
import java.util.Map;

/** What a denoiser is told about the images that it is trained on. */
public sealed interface PromptRecipe permits TextRecipe, ClassRecipe, NoPrompts {

    /** How often it is told nothing, so that it can be guided. */
    CaptionDropout dropout();

    /**
     * {@code recipe}, completed by what {@code dataset} decides.
     *
     * @throws IllegalArgumentException if the data set lacks what the denoiser is to be told
     */
    DiffusionRecipe fit(DiffusionRecipe recipe, ImageDataset dataset);

    /** Adds its section to a recipe. */
    void addTo(Map<String, Object> recipe);
}
