package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.vae.losses.Equivariance;
import io.percolate.vae.losses.FocalFrequencyLoss;
import java.util.Map;

/**
 * What an autoencoder's reconstructions are judged by beside their distance in pixels.
 *
 * @param perceptual the network that says how different they look
 * @param discriminator the network that learns to tell them from images
 * @param frequencies how much the error counts by its frequencies
 * @param eqProbability share of the steps that are regularised as {@link Equivariance} describes
 */
public record DetailRecipe(
        PerceptualRecipe perceptual,
        DiscriminatorRecipe discriminator,
        FocalFrequencyLoss frequencies,
        double eqProbability) {

    /** Nothing. */
    public static final DetailRecipe NONE =
            new DetailRecipe(PerceptualRecipe.NONE, DiscriminatorRecipe.NONE, FocalFrequencyLoss.NONE, 0);

    private static final int SMALLEST_IMAGE = 32;

    public DetailRecipe {
        TrainingPlan.require(eqProbability >= 0 && eqProbability <= 1, "eq_probability", eqProbability);
    }

    static DetailRecipe from(JsonConfig recipe) {
        return new DetailRecipe(
                RecipeSection.of(recipe, "perceptual").read(PerceptualRecipe::from),
                RecipeSection.of(recipe, "discriminator").read(DiscriminatorRecipe::from),
                RecipeSection.of(recipe, "loss").read(DetailRecipe::frequencies),
                RecipeSection.of(recipe, "loss").read(loss -> loss.number("eq_probability", 0)));
    }

    private static FocalFrequencyLoss frequencies(JsonConfig loss) {
        return new FocalFrequencyLoss(
                loss.number("frequency_weight", FocalFrequencyLoss.NONE.weight()),
                loss.number("frequency_exponent", FocalFrequencyLoss.NONE.exponent()));
    }

    void addTo(Map<String, Object> recipe) {
        recipe.put("perceptual", perceptual.values());
        recipe.put("discriminator", discriminator.values());
    }

    /** The same with another discriminator. */
    public DetailRecipe withDiscriminator(DiscriminatorRecipe other) {
        return new DetailRecipe(perceptual, other, frequencies, eqProbability);
    }

    /** What is done to latents and images before they are compared. */
    public Equivariance equivariance() {
        int judged = discriminator.isWanted() ? discriminator.size().smallestImage() : 1;
        return new Equivariance(eqProbability, Math.max(SMALLEST_IMAGE, judged));
    }
}
