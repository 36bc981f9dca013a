package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.pipeline.data.ImageDataset;
import java.util.List;
import java.util.Map;

/** What a denoiser is told about the images that it is trained on. */
public sealed interface PromptRecipe permits TextRecipe, ClassRecipe, PromptRecipe.None {

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

    /** Nothing: an unconditional denoiser. */
    record None() implements PromptRecipe {

        @Override
        public CaptionDropout dropout() {
            return new CaptionDropout(0);
        }

        @Override
        public DiffusionRecipe fit(DiffusionRecipe recipe, ImageDataset dataset) {
            List<String> prompts = recipe.plan().saving().prompts();
            if (!prompts.isEmpty()) {
                throw new IllegalArgumentException("sample prompts such as '" + prompts.get(0)
                        + "', but the model is told neither captions nor classes: leave them out, or write captions");
            }
            return recipe;
        }

        @Override
        public void addTo(Map<String, Object> recipe) {}
    }
}
