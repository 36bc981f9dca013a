package io.percolate.pipeline.fewstep;

import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.TimestepSpacing;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the config of a few-step model tells: it names a sampler that other models do not have.
 *
 * @param source the model, for messages
 * @param config its sampler
 */
record SchedulerEvidence(String source, SamplerConfig config) {

    private static final Set<SamplerKind> EULER = EnumSet.of(SamplerKind.EULER, SamplerKind.EULER_A);

    /** What no other model has. */
    FewSteps proof(boolean guidanceEmbedding) {
        if (guidanceEmbedding) {
            return Published.guidedConsistency(source);
        }
        return switch (config.kind()) {
            case LCM -> Published.consistency(source);
            case TCD -> Published.trajectoryConsistency(source);
            default -> FewSteps.NONE;
        };
    }

    /**
     * Turbo models (Sauer et al. 2023) predict the noise, and Euler's method begins at pure noise: others that do so
     * predict the velocity.
     */
    FewSteps hint() {
        boolean trailing = config.timestepSchedule().spacing() == TimestepSpacing.TRAILING;
        boolean noise = config.process().prediction() == Prediction.EPSILON;
        return EULER.contains(config.kind()) && trailing && noise
                ? Published.trailing(source, config.kind())
                : FewSteps.NONE;
    }
}
