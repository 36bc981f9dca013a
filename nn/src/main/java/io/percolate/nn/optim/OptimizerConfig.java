package io.percolate.nn.optim;

import java.util.Optional;

/**
 * How an {@link Optimizer} trains.
 *
 * @param clipping limit on the gradient
 * @param adamW the constants of AdamW
 * @param muon the constants of {@link Muon}, if it is to train the matrices between the first and the last layer
 * @param ema how the averaged weights follow
 * @param gradientCheckpointing whether the backward pass computes blocks again instead of keeping what they took
 */
public record OptimizerConfig(
        GradientClipping clipping,
        AdamWConfig adamW,
        Optional<MuonConfig> muon,
        EmaDecay ema,
        boolean gradientCheckpointing) {

    /** The customary choice: gradient norm up to 1, torch's AdamW alone, an average that keeps up to 0.9999. */
    public static final OptimizerConfig DEFAULT = new OptimizerConfig(
            new GradientClipping(1), AdamWConfig.DEFAULT, Optional.empty(), new EmaDecay(0.9999), false);

    /** The same with the hidden matrices left to Muon. */
    public OptimizerConfig withMuon(MuonConfig config) {
        return new OptimizerConfig(clipping, adamW, Optional.of(config), ema, gradientCheckpointing);
    }

    /** The same with or without gradient checkpointing. */
    public OptimizerConfig withGradientCheckpointing(boolean wanted) {
        return new OptimizerConfig(clipping, adamW, muon, ema, wanted);
    }
}
