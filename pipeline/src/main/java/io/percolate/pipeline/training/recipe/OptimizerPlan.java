package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.nn.optim.AdafactorConfig;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.EmaDecay;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.LearningRate;
import io.percolate.nn.optim.LearningRate.Decay;
import io.percolate.nn.optim.MuonConfig;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.optim.OptimizerConfig.SlowWeights;
import io.percolate.nn.optim.OuterConfig;
import io.percolate.nn.optim.StateType;
import io.percolate.nn.optim.StateTypes;
import java.util.Map;
import java.util.Optional;

/**
 * How weights move, and how the averaged weights follow, which are what is sampled from and saved.
 *
 * @param choice what moves them
 * @param learningRate the step size in the course of the training
 * @param muonRatio Muon's learning rate as a multiple of it
 * @param weightDecay decoupled weight decay
 * @param clipNorm largest global gradient norm
 * @param slow what follows the weights; the outer optimizer is the section {@code outer} of a recipe
 * @param states what the running averages of gradients and weights are kept as
 */
public record OptimizerPlan(
        Choice choice,
        LearningRate learningRate,
        double muonRatio,
        double weightDecay,
        double clipNorm,
        SlowWeights slow,
        StateTypes states) {

    /** What a recipe has that does not say otherwise. */
    public static final OptimizerPlan DEFAULT = new OptimizerPlan(
            Choice.MUON,
            new LearningRate(5e-4, 200, Decay.COSINE),
            3,
            0.01,
            1,
            new SlowWeights(new EmaDecay(0.999)),
            StateTypes.FP32);

    public OptimizerPlan {
        RecipeSection.require(muonRatio > 0, "muon_ratio", muonRatio);
        RecipeSection.require(weightDecay >= 0, "weight_decay", weightDecay);
        RecipeSection.require(clipNorm > 0, "clip_norm", clipNorm);
    }

    static OptimizerPlan from(JsonConfig section) {
        LearningRate rate = DEFAULT.learningRate;
        return new OptimizerPlan(
                RecipeSection.choice(section, "optimizer", Choice.class, DEFAULT.choice),
                new LearningRate(
                        section.number("learning_rate", rate.peak()),
                        section.integer("warmup_steps", (int) rate.warmUpSteps()),
                        RecipeSection.choice(section, "learning_rate_schedule", Decay.class, rate.decay())),
                section.number("muon_ratio", DEFAULT.muonRatio),
                section.number("weight_decay", DEFAULT.weightDecay),
                section.number("clip_norm", DEFAULT.clipNorm),
                ema(section),
                new StateTypes(
                        RecipeSection.choice(section, "optimizer_states", StateType.class, DEFAULT.states.rules()),
                        RecipeSection.choice(section, "averages", StateType.class, DEFAULT.states.averages())));
    }

    private static SlowWeights ema(JsonConfig section) {
        double decay = section.number("ema_decay", DEFAULT.slow.ema().maximum());
        TrainingPlan.require(decay >= 0 && decay < 1, "ema_decay", decay);
        return new SlowWeights(new EmaDecay(decay));
    }

    void addTo(Map<String, Object> section) {
        section.put("optimizer", RecipeSection.name(choice));
        section.put("learning_rate", learningRate.peak());
        section.put("warmup_steps", learningRate.warmUpSteps());
        section.put("learning_rate_schedule", RecipeSection.name(learningRate.decay()));
        section.put("muon_ratio", muonRatio);
        section.put("weight_decay", weightDecay);
        section.put("clip_norm", clipNorm);
        section.put("ema_decay", slow.ema().maximum());
        section.put("optimizer_states", RecipeSection.name(states.rules()));
        section.put("averages", RecipeSection.name(states.averages()));
    }

    /** The same with another step size. */
    public OptimizerPlan withLearningRate(LearningRate other) {
        return new OptimizerPlan(choice, other, muonRatio, weightDecay, clipNorm, slow, states);
    }

    /** The same with something else that moves the weights. */
    public OptimizerPlan withChoice(Choice other) {
        return new OptimizerPlan(other, learningRate, muonRatio, weightDecay, clipNorm, slow, states);
    }

    /** The same with another weight decay. */
    public OptimizerPlan withWeightDecay(double other) {
        return new OptimizerPlan(choice, learningRate, muonRatio, other, clipNorm, slow, states);
    }

    /** The same with averaged weights that keep up to so much of what they were in each step; 0 for no averaging. */
    public OptimizerPlan withAverages(double decay) {
        SlowWeights weights = new SlowWeights(new EmaDecay(decay), slow.outer());
        return new OptimizerPlan(choice, learningRate, muonRatio, weightDecay, clipNorm, weights, states);
    }

    /** The same with outer steps, or without. */
    public OptimizerPlan withOuter(Optional<OuterConfig> other) {
        SlowWeights weights = new SlowWeights(slow.ema(), other);
        return new OptimizerPlan(choice, learningRate, muonRatio, weightDecay, clipNorm, weights, states);
    }

    /** The same with all running averages in half of the memory. */
    public OptimizerPlan compact() {
        return new OptimizerPlan(choice, learningRate, muonRatio, weightDecay, clipNorm, slow, StateTypes.BF16);
    }

    /** Whether all running averages are in half of the memory. */
    public boolean isCompact() {
        return states.equals(StateTypes.BF16);
    }

    OptimizerConfig config(ComputePlan compute) {
        OptimizerConfig config = new OptimizerConfig(
                new GradientClipping(clipNorm),
                AdamWConfig.DEFAULT,
                Optional.empty(),
                slow,
                compute.gradientCheckpointing(),
                compute.microBatch(),
                states);
        return choice.over(config, this);
    }

    /** What moves the weights. */
    public enum Choice {
        /** Muon for the hidden matrices, AdamW for the rest: a third of AdamW's time, and half of its memory. */
        MUON {
            @Override
            OptimizerConfig over(OptimizerConfig config, OptimizerPlan plan) {
                MuonConfig muon = MuonConfig.of(plan.muonRatio()).withWeightDecay(plan.weightDecay());
                return ADAMW.over(config, plan).withMuon(muon);
            }
        },
        /** AdamW for everything. */
        ADAMW {
            @Override
            OptimizerConfig over(OptimizerConfig config, OptimizerPlan plan) {
                return config.withRule(AdamWConfig.DEFAULT.withWeightDecay(plan.weightDecay()));
            }
        },
        /** Adafactor for everything: next to no memory; its learning rate is a share of a weight's size. */
        ADAFACTOR {
            @Override
            OptimizerConfig over(OptimizerConfig config, OptimizerPlan plan) {
                return config.withRule(AdafactorConfig.DEFAULT.withWeightDecay(plan.weightDecay()));
            }
        };

        /** {@code config} with the constants of {@code plan}. */
        abstract OptimizerConfig over(OptimizerConfig config, OptimizerPlan plan);
    }
}
