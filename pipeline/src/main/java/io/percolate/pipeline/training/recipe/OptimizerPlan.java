package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.EmaDecay;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.nn.optim.MuonConfig;
import io.percolate.nn.optim.OptimizerConfig;
import java.util.Map;
import java.util.Optional;

/**
 * How weights move: Muon for the hidden matrices and AdamW for the rest, and averaged weights, which are what is
 * sampled from and saved.
 *
 * @param learningRate AdamW's step size in the course of the training
 * @param muonRatio Muon's learning rate as a multiple of it; 0 trains everything with AdamW
 * @param weightDecay decoupled weight decay of both
 * @param clipNorm largest global gradient norm
 * @param emaDecay decay of the averaged weights
 */
public record OptimizerPlan(
        LearningRate learningRate, double muonRatio, double weightDecay, double clipNorm, double emaDecay) {

    /** What a recipe has that does not say otherwise. */
    public static final OptimizerPlan DEFAULT =
            new OptimizerPlan(new LearningRate(5e-4, 200, Decay.COSINE), 3, 0.01, 1, 0.999);

    public OptimizerPlan {
        TrainingPlan.require(muonRatio >= 0, "muon_ratio", muonRatio);
        TrainingPlan.require(weightDecay >= 0, "weight_decay", weightDecay);
        TrainingPlan.require(clipNorm > 0, "clip_norm", clipNorm);
        TrainingPlan.require(emaDecay >= 0 && emaDecay < 1, "ema_decay", emaDecay);
    }

    static OptimizerPlan from(JsonConfig section) {
        LearningRate rate = DEFAULT.learningRate;
        return new OptimizerPlan(
                new LearningRate(
                        section.number("learning_rate", rate.peak()),
                        section.integer("warmup_steps", (int) rate.warmUpSteps()),
                        RecipeSection.choice(section, "learning_rate_schedule", Decay.class, rate.decay())),
                section.number("muon_ratio", DEFAULT.muonRatio),
                section.number("weight_decay", DEFAULT.weightDecay),
                section.number("clip_norm", DEFAULT.clipNorm),
                section.number("ema_decay", DEFAULT.emaDecay));
    }

    void addTo(Map<String, Object> section) {
        section.put("learning_rate", learningRate.peak());
        section.put("warmup_steps", learningRate.warmUpSteps());
        section.put("learning_rate_schedule", RecipeSection.name(learningRate.decay()));
        section.put("muon_ratio", muonRatio);
        section.put("weight_decay", weightDecay);
        section.put("clip_norm", clipNorm);
        section.put("ema_decay", emaDecay);
    }

    /** The same with another step size. */
    public OptimizerPlan withLearningRate(LearningRate other) {
        return new OptimizerPlan(other, muonRatio, weightDecay, clipNorm, emaDecay);
    }

    /** The same with another learning rate for Muon, as a multiple of AdamW's; 0 does without Muon. */
    public OptimizerPlan withMuonRatio(double other) {
        return new OptimizerPlan(learningRate, other, weightDecay, clipNorm, emaDecay);
    }

    /** The same with another weight decay. */
    public OptimizerPlan withWeightDecay(double other) {
        return new OptimizerPlan(learningRate, muonRatio, other, clipNorm, emaDecay);
    }

    OptimizerConfig config(boolean gradientCheckpointing) {
        OptimizerConfig config = new OptimizerConfig(
                new GradientClipping(clipNorm),
                AdamWConfig.DEFAULT.withWeightDecay(weightDecay),
                Optional.empty(),
                new EmaDecay(emaDecay),
                gradientCheckpointing);
        return muonRatio == 0
                ? config
                : config.withMuon(MuonConfig.of(muonRatio).withWeightDecay(weightDecay));
    }
}
