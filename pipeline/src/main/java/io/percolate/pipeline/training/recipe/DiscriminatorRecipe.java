package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.vae.losses.AdversarialTerms;
import io.percolate.vae.losses.Augmentation;
import io.percolate.vae.losses.Augmentations;
import io.percolate.vae.losses.PatchSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a discriminator trains against an autoencoder: the section {@code discriminator} of its recipe (Esser et al. 2021,
 * section 3.1).
 *
 * @param weight what the adaptive weight of its judgement is multiplied by; 0 trains without a discriminator
 * @param size of its patches
 * @param startStep the first step that has it
 * @param warmupSteps steps from there over which its weight, and that of feature matching, grow to what they are
 * @param learningRate the step size of its own Adam
 * @param terms what its loss and its judgement have beside
 */
public record DiscriminatorRecipe(
        double weight, PatchSize size, int startStep, int warmupSteps, double learningRate, AdversarialTerms terms) {

    /** None. */
    public static final DiscriminatorRecipe NONE =
            new DiscriminatorRecipe(0, PatchSize.DEFAULT, 0, 0, 1e-4, AdversarialTerms.NONE);

    private static final AdamWConfig ADAM = new AdamWConfig(0.5, 0.9, 1e-8, 0);

    public DiscriminatorRecipe {
        TrainingPlan.require(weight >= 0 && Double.isFinite(weight), "weight", weight);
        TrainingPlan.require(startStep >= 0, "start_step", startStep);
        TrainingPlan.require(warmupSteps >= 0, "warmup_steps", warmupSteps);
        TrainingPlan.require(learningRate > 0 && Double.isFinite(learningRate), "learning_rate", learningRate);
    }

    static DiscriminatorRecipe from(JsonConfig section) {
        return new DiscriminatorRecipe(
                section.number("weight", NONE.weight),
                new PatchSize(
                        section.integer("width", NONE.size.width()), section.integer("layers", NONE.size.layers())),
                section.integer("start_step", NONE.startStep),
                section.integer("warmup_steps", NONE.warmupSteps),
                section.number("learning_rate", NONE.learningRate),
                terms(section));
    }

    private static AdversarialTerms terms(JsonConfig section) {
        return new AdversarialTerms(
                section.number("feature_weight", 0),
                section.number("lecam_weight", 0),
                section.number("r1_weight", 0),
                new Augmentations(section.strings("augmentations", List.of()).stream()
                        .map(name -> RecipeSection.constant("augmentations", name, Augmentation.class))
                        .toList()));
    }

    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>(Map.of(
                "weight", weight,
                "width", size.width(),
                "layers", size.layers(),
                "start_step", startStep,
                "warmup_steps", warmupSteps,
                "learning_rate", learningRate));
        values.put("feature_weight", terms.featureWeight());
        values.put("lecam_weight", terms.leCamWeight());
        values.put("r1_weight", terms.r1Weight());
        values.put(
                "augmentations",
                terms.augmentations().kinds().stream().map(RecipeSection::name).toList());
        return values;
    }

    /** Whether there is one. */
    public boolean isWanted() {
        return weight > 0;
    }

    /** The same in every step. */
    DiscriminatorRecipe fromTheStart() {
        return new DiscriminatorRecipe(weight, size, 0, warmupSteps, learningRate, terms);
    }

    /** Whether it takes part in step {@code step}, counted from 0. */
    public boolean isActive(long step) {
        return isWanted() && step >= startStep;
    }

    /** What its adaptive weight is multiplied by in step {@code step}, at or after the first that has it. */
    public double weightAt(long step) {
        return weight * warmth(step);
    }

    /** What feature matching is multiplied by in that step. */
    public double featureWeightAt(long step) {
        return terms.featureWeight() * warmth(step);
    }

    private double warmth(long step) {
        return warmupSteps == 0 ? 1 : Math.min(1, (step - startStep + 1.0) / warmupSteps);
    }

    /** The constants of its Adam, those of Esser et al. 2021. */
    public AdamWConfig adam() {
        return ADAM;
    }

    void requireImages(int side) {
        if (isWanted() && side < size.smallestImage()) {
            throw new IllegalArgumentException(
                    "images of %d pixels but a discriminator of %d layers needs %d: give it fewer layers"
                            .formatted(side, size.layers(), size.smallestImage()));
        }
    }
}
