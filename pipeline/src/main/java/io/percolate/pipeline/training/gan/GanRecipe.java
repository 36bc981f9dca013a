package io.percolate.pipeline.training.gan;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.vae.losses.PatchSize;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a generator and a discriminator train against each other: JSON with the sections {@code generator}, {@code
 * discriminator} and {@code training}.
 *
 * @param generator the shape of the generator
 * @param discriminator the patches that the discriminator judges
 * @param plan how both are trained, with the same learning rate
 */
public record GanRecipe(GeneratorSize generator, PatchSize discriminator, TrainingPlan plan) {

    private static final Set<String> DISCRIMINATOR = Set.of("width", "layers");

    public GanRecipe {
        if (generator.sampleSize() < discriminator.smallestImage()) {
            throw new IllegalArgumentException(
                    "images of %d pixels but a discriminator of %d layers needs %d: give it fewer layers"
                            .formatted(generator.sampleSize(), discriminator.layers(), discriminator.smallestImage()));
        }
    }

    /** What a recipe has that does not say otherwise: images of 64x64, and 32 channels at the full size. */
    public static GanRecipe usual() {
        TrainingPlan plan = TrainingPlan.DEFAULT;
        OptimizerPlan adam = plan.optimizer()
                .withChoice(OptimizerPlan.Choice.ADAMW)
                .withLearningRate(new LearningRate(2e-4, 0, Decay.CONSTANT))
                .withWeightDecay(0);
        return new GanRecipe(GeneratorSize.DEFAULT, new PatchSize(32, 3), plan.withOptimizer(adam));
    }

    /** This recipe with what {@code overlay} says. */
    public GanRecipe with(RecipeOverlay overlay) {
        JsonConfig json = overlay.over(values());
        return new GanRecipe(
                RecipeSection.of(json, "generator").read(GeneratorSize::from),
                RecipeSection.of(json, "discriminator").read(GanRecipe::patches, DISCRIMINATOR),
                RecipeSection.of(json, "training").read(TrainingPlan::from));
    }

    private static PatchSize patches(JsonConfig section) {
        return new PatchSize(section.integer("width"), section.integer("layers"));
    }

    /** Side of its images in pixels. */
    public int sampleSize() {
        return generator.sampleSize();
    }

    /** The same for images of {@code side} x {@code side} pixels, whose patches fit into them. */
    public GanRecipe withResolution(int side) {
        PatchSize patches = discriminator;
        while (patches.layers() > 1 && side < patches.smallestImage()) {
            patches = new PatchSize(patches.width(), patches.layers() - 1);
        }
        return new GanRecipe(new GeneratorSize(side, generator.latentWidth(), generator.width()), patches, plan);
    }

    /** The same, trained otherwise. */
    public GanRecipe withPlan(TrainingPlan other) {
        return new GanRecipe(generator, discriminator, other);
    }

    /** Writes all of it, whole or not at all; laid over any recipe, it gives this one again. */
    public void write(Path file) {
        JsonConfig.of(values()).write(file);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("generator", generator.values());
        values.put("discriminator", Map.of("width", discriminator.width(), "layers", discriminator.layers()));
        values.put("training", plan.values());
        return values;
    }
}
