package io.percolate.pipeline.training.text;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.OptimizerPlan.Choice;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.pipeline.training.recipe.SavePlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.ValidationPlan;
import java.nio.file.Path;
import java.util.Map;

/**
 * How {@code percolate train text} trains: JSON with the sections {@code words} and {@code training}.
 *
 * @param dropout largest share of its words that a caption loses, each time another one
 * @param temperature what cosines are divided by; the smaller, the more the nearest images count
 * @param plan how it is trained; its images per step are captions
 */
public record WordsRecipe(double dropout, double temperature, TrainingPlan plan) {

    private static final String DROPOUT = "dropout";
    private static final String TEMPERATURE = "temperature";

    /** What a recipe has that does not say otherwise. */
    public static final WordsRecipe DEFAULT = new WordsRecipe(0.7, 0.07, defaultPlan());

    public WordsRecipe {
        RecipeSection.require(dropout >= 0 && dropout < 1, DROPOUT, dropout);
        RecipeSection.require(temperature > 0, TEMPERATURE, temperature);
    }

    private static TrainingPlan defaultPlan() {
        OptimizerPlan optimizer = OptimizerPlan.DEFAULT
                .withChoice(Choice.ADAMW)
                .withLearningRate(new LearningRate(1e-3, 100, Decay.COSINE))
                .withWeightDecay(0.05)
                .withAverages(0.99);
        return TrainingPlan.DEFAULT
                .withBatchSize(128)
                .withOptimizer(optimizer)
                .withSaving(new SavePlan(2, 1, new ValidationPlan(250, 1000, 0)));
    }

    /** This recipe with what {@code overlay} says. */
    public WordsRecipe with(RecipeOverlay overlay) {
        JsonConfig json = overlay.over(values());
        TrainingPlan training = RecipeSection.of(json, "training").read(TrainingPlan::from);
        return RecipeSection.of(json, "words").read(words -> of(words, training));
    }

    private static WordsRecipe of(JsonConfig words, TrainingPlan training) {
        return new WordsRecipe(words.number(DROPOUT), words.number(TEMPERATURE), training);
    }

    /** Writes all of it, whole or not at all. */
    public void write(Path file) {
        JsonConfig.of(values()).write(file);
    }

    private Map<String, Object> values() {
        return Map.of("words", Map.of(DROPOUT, dropout, TEMPERATURE, temperature), "training", plan.values());
    }
}
