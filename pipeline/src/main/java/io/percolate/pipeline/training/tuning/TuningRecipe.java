package io.percolate.pipeline.training.tuning;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a model is fine-tuned: JSON with the section of its kind ({@code lora}, {@code embedding}, {@code whole}, {@code
 * controlnet} or {@code consistency}) and {@code captions}, {@code images}, {@code loss} and {@code training}.
 *
 * @param adaptation what is trained
 * @param captions what images are called
 * @param resolution side of the images in pixels; empty for that which the base is for
 * @param loss which timesteps are trained on, and how much each counts
 * @param plan how it is trained
 */
public record TuningRecipe(
        AdaptationPlan adaptation, CaptionPlan captions, OptionalInt resolution, LossRecipe loss, TrainingPlan plan) {

    private static final String RESOLUTION = "resolution";

    public TuningRecipe {
        RecipeSection.require(resolution.orElse(1) > 0, RESOLUTION, resolution.orElse(1));
        adaptation.check(plan, loss);
    }

    /** Low-rank updates, as diffusers and kohya's trainer usually make them: one image a step, AdamW, 1e-4. */
    public static TuningRecipe lora() {
        return usual(LoraPlan.DEFAULT, 1e-4);
    }

    /** A new token, as Gal et al. 2022 learn it: 5e-4 times the batch. */
    public static TuningRecipe embedding(String token, String word) {
        return usual(EmbeddingPlan.of(token, word), 5e-3);
    }

    /** The whole denoiser: a tenth of the learning rate of updates. */
    public static TuningRecipe whole() {
        return usual(WholePlan.DEFAULT, 1e-5);
    }

    /** A ControlNet, as Zhang et al. 2023 train it: half of the captions are left out, so that it looks at the image. */
    public static TuningRecipe controlNet() {
        TuningRecipe usual = usual(ControlNetPlan.DEFAULT, 1e-5);
        return usual.withCaptions(usual.captions.withDropout(0.5)).withPlan(usual.plan.withBatchSize(4));
    }

    /** A latent consistency model, as Luo et al. 2023 distil it: no captions are left out. */
    public static TuningRecipe consistency() {
        TuningRecipe usual = usual(ConsistencyPlan.DEFAULT, 1e-5);
        OptimizerPlan averaged = usual.plan.optimizer().withAverages(0.95);
        return usual.withCaptions(usual.captions.withDropout(0))
                .withPlan(usual.plan.withBatchSize(8).withOptimizer(averaged));
    }

    private static TuningRecipe usual(AdaptationPlan adaptation, double learningRate) {
        TrainingPlan plan = TrainingPlan.DEFAULT.withBatchSize(1);
        OptimizerPlan adam = plan.optimizer()
                .withChoice(OptimizerPlan.Choice.ADAMW)
                .withLearningRate(new LearningRate(learningRate, 0, Decay.CONSTANT))
                .withAverages(0);
        return new TuningRecipe(
                adaptation, CaptionPlan.DEFAULT, OptionalInt.empty(), LossRecipe.DEFAULT, plan.withOptimizer(adam));
    }

    /** This recipe with what {@code overlay} says. */
    public TuningRecipe with(RecipeOverlay overlay) {
        JsonConfig json = overlay.over(values());
        return new TuningRecipe(
                RecipeSection.of(json, adaptation.section())
                        .read(adaptation::read, adaptation.values().keySet()),
                RecipeSection.of(json, "captions").read(CaptionPlan::from),
                RecipeSection.of(json, "images").read(TuningRecipe::side),
                RecipeSection.of(json, "loss").read(LossRecipe::from),
                RecipeSection.of(json, "training").read(TrainingPlan::from));
    }

    private static OptionalInt side(JsonConfig section) {
        return section.isNull(RESOLUTION) ? OptionalInt.empty() : OptionalInt.of(section.integer(RESOLUTION));
    }

    /** The same with something else that is trained. */
    public TuningRecipe withAdaptation(AdaptationPlan other) {
        return new TuningRecipe(other, captions, resolution, loss, plan);
    }

    /** The same with images called otherwise. */
    public TuningRecipe withCaptions(CaptionPlan other) {
        return new TuningRecipe(adaptation, other, resolution, loss, plan);
    }

    /** The same on images of {@code side} x {@code side} pixels. */
    public TuningRecipe withResolution(int side) {
        return new TuningRecipe(adaptation, captions, OptionalInt.of(side), loss, plan);
    }

    /** The same with other timesteps, or other weights of them. */
    public TuningRecipe withLoss(LossRecipe other) {
        return new TuningRecipe(adaptation, captions, resolution, other, plan);
    }

    /** The same, trained otherwise. */
    public TuningRecipe withPlan(TrainingPlan other) {
        return new TuningRecipe(adaptation, captions, resolution, loss, other);
    }

    /** Writes all of it, whole or not at all; laid over any recipe of its kind, it gives this one again. */
    public void write(Path file) {
        JsonConfig.of(values()).write(file);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put(adaptation.section(), adaptation.values());
        values.put("captions", captions.values());
        Map<String, Object> images = new TreeMap<>();
        images.put(RESOLUTION, resolution.isPresent() ? resolution.getAsInt() : null);
        values.put("images", images);
        values.put("loss", loss.values());
        values.put("training", plan.values());
        return values;
    }
}
