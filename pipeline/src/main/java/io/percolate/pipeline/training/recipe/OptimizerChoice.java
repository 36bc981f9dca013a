package io.percolate.pipeline.training.recipe;

import io.percolate.nn.optim.AdafactorConfig;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.MuonConfig;
import io.percolate.nn.optim.OptimizerConfig;

/** What moves the weights. */
public enum OptimizerChoice {
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
