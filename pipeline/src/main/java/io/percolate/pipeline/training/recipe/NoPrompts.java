package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.pipeline.data.ImageDataset;
import java.util.Map;

/** Nothing: an unconditional denoiser. */
public record NoPrompts() implements PromptRecipe {

    @Override
    public CaptionDropout dropout() {
        return new CaptionDropout(0);
    }

    @Override
    public DiffusionRecipe fit(DiffusionRecipe recipe, ImageDataset dataset) {
        return recipe;
    }

    @Override
    public void addTo(Map<String, Object> recipe) {}
}
