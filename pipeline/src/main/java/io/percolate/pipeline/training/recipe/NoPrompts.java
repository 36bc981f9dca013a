package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.pipeline.data.ImageDataset;
import java.util.List;
import java.util.Map;

/** Nothing: an unconditional denoiser. */
public record NoPrompts() implements PromptRecipe {

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
