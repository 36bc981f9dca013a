package io.percolate.nn.optim;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an {@link Optimizer} trains.
 *
 * @param clipping limit on the gradient
 * @param rule how parameters move
 * @param muon the constants of {@link Muon}, if it is to train the matrices between the first and the last layer in
 *     place of {@code rule}
 * @param slow what follows the weights
 * @param gradientCheckpointing whether the backward pass computes blocks again instead of keeping what they took
 * @param microBatch how many images go through the network together at most; empty for all of a batch
 * @param states what the running averages are kept as
 */
public record OptimizerConfig(
        GradientClipping clipping,
        RuleConfig rule,
        Optional<MuonConfig> muon,
        SlowWeights slow,
        boolean gradientCheckpointing,
        OptionalInt microBatch,
        StateTypes states) {

    /** States in float32. */
    public OptimizerConfig(
            GradientClipping clipping,
            RuleConfig rule,
            Optional<MuonConfig> muon,
            EmaDecay ema,
            boolean gradientCheckpointing,
            OptionalInt microBatch) {
        this(clipping, rule, muon, new SlowWeights(ema), gradientCheckpointing, microBatch, StateTypes.FP32);
    }

    /** Batches that go through the network whole. */
    public OptimizerConfig(
            GradientClipping clipping,
            RuleConfig rule,
            Optional<MuonConfig> muon,
            EmaDecay ema,
            boolean gradientCheckpointing) {
        this(clipping, rule, muon, ema, gradientCheckpointing, OptionalInt.empty());
    }

    /** The customary choice: gradient norm up to 1, torch's AdamW alone, an average that keeps up to 0.9999. */
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(
            new GradientClipping(1), AdamWConfig.DEFAULT, Optional.empty(), new EmaDecay(0.9999), false);

    /** The same with the hidden matrices left to Muon. */
    public OptimizerConfig withMuon(MuonConfig config) {
        return new OptimizerConfig(
                clipping, rule, Optional.of(config), slow, gradientCheckpointing, microBatch, states);
    }

    /** The same with parameters that move by another rule. */
    public OptimizerConfig withRule(RuleConfig other) {
        return new OptimizerConfig(clipping, other, muon, slow, gradientCheckpointing, microBatch, states);
    }

    /** The same with or without gradient checkpointing. */
    public OptimizerConfig withGradientCheckpointing(boolean wanted) {
        return new OptimizerConfig(clipping, rule, muon, slow, wanted, microBatch, states);
    }

    /** The same with other weights that follow. */
    public OptimizerConfig withSlow(SlowWeights other) {
        return new OptimizerConfig(clipping, rule, muon, other, gradientCheckpointing, microBatch, states);
    }

    /** The same with running averages of other types. */
    public OptimizerConfig withStates(StateTypes other) {
        return new OptimizerConfig(clipping, rule, muon, slow, gradientCheckpointing, microBatch, other);
    }

    /**
     * What follows the weights of a training.
     *
     * @param ema how the averaged weights follow: every step, or every outer step if there are such, which then counts
     *     as the steps that it stands for
     * @param outer how the weights themselves are pulled back every few steps; empty for not at all
     */
    public record SlowWeights(EmaDecay ema, Optional<OuterConfig> outer) {

        /** Averaged weights alone. */
        public SlowWeights(EmaDecay ema) {
            this(ema, Optional.empty());
        }
    }
}
