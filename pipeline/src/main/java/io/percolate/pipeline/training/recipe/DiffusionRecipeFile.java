package io.percolate.pipeline.training.recipe;

import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.unet.ClassLabels;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link DiffusionRecipe} as JSON. */
final class DiffusionRecipeFile {

    private DiffusionRecipeFile() {}

    /** Reads a whole recipe. */
    static DiffusionRecipe of(JsonConfig json) {
        UNetConfig unet = RecipeSection.of(json, "unet").read(UNetJson::read);
        PromptRecipe prompts = prompts(json, unet);
        return new DiffusionRecipe(
                Optional.ofNullable(json.string("name", null)),
                unet,
                RecipeSection.of(json, "scheduler").read(SchedulerJson::read),
                prompts,
                RecipeSection.of(json, "loss")
                        .read(LossRecipe::from, LossRecipe.DEFAULT.values().keySet()),
                plan(json));
    }

    private static TrainingPlan plan(JsonConfig json) {
        TrainingPlan plan = RecipeSection.of(json, "training")
                .read(TrainingPlan::from, TrainingPlan.DEFAULT.values().keySet());
        return plan.withOptimizer(plan.optimizer().withOuter(OuterRecipe.from(json)));
    }

    private static PromptRecipe prompts(JsonConfig json, UNetConfig unet) {
        boolean hasClasses = !json.isNull("classes") || unet.classes() instanceof ClassLabels.Table;
        if (unet.takesContext() && hasClasses) {
            throw new RecipeException(json.source() + ": a U-Net that attends to captions, and classes:"
                    + " take a UNet2DModel, or leave out classes and num_class_embeds");
        }
        if (unet.takesContext()) {
            return RecipeSection.of(json, "text")
                    .read(TextRecipe::from, TextRecipe.DEFAULT.values().keySet());
        }
        return hasClasses
                ? RecipeSection.of(json, "classes")
                        .read(ClassRecipe::from, ClassRecipe.DEFAULT.values().keySet())
                : new PromptRecipe.None();
    }

    /** Every key that a recipe can have. */
    static Map<String, Object> values(DiffusionRecipe recipe) {
        Map<String, Object> values = new HashMap<>();
        values.put("name", recipe.name().orElse(null));
        values.put("unet", UNetJson.write(recipe.unet()).values());
        values.put("scheduler", SchedulerJson.write(recipe.sampler()).values());
        values.put("text", null);
        values.put("classes", null);
        recipe.prompts().addTo(values);
        values.put("loss", recipe.loss().values());
        values.put("training", recipe.plan().values());
        OuterRecipe.addTo(values, recipe.plan().optimizer().slow().outer());
        return values;
    }

    static void write(DiffusionRecipe recipe, Path file) {
        JsonConfig.of(values(recipe)).write(file);
    }

    static DiffusionRecipe withClassCount(DiffusionRecipe recipe, int count) {
        return recipe.with(RecipeOverlay.of(Map.of("unet", Map.of("num_class_embeds", count))));
    }
}
