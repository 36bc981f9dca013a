package io.percolate.pipeline.fewstep;

import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.EtaSampler;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.TimestepSpacing;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The sampler of a distilled model.
 *
 * @param kind which sampler
 * @param spacing where its timesteps are; empty for one that has timesteps of its own
 * @param eta how much noise it adds; empty for its own choice
 * @param prediction what the denoiser predicts; empty for what the model's config says
 */
record SamplerSetting(
        SamplerKind kind, Optional<TimestepSpacing> spacing, OptionalDouble eta, Optional<Prediction> prediction) {

    /** A sampler that has timesteps of its own. */
    static SamplerSetting of(SamplerKind kind) {
        return new SamplerSetting(kind, Optional.empty(), OptionalDouble.empty(), Optional.empty());
    }

    /** A sampler whose timesteps begin at pure noise. */
    static SamplerSetting trailing(SamplerKind kind) {
        return new SamplerSetting(
                kind, Optional.of(TimestepSpacing.TRAILING), OptionalDouble.empty(), Optional.empty());
    }

    SamplerSetting withEta(double value) {
        return new SamplerSetting(kind, spacing, OptionalDouble.of(value), prediction);
    }

    SamplerSetting predicting(Prediction value) {
        return new SamplerSetting(kind, spacing, eta, Optional.of(value));
    }

    /** The config of a model whose own is {@code own}. */
    SamplerConfig over(SamplerConfig own) {
        SamplerConfig config = prediction.map(own::with).orElse(own).with(kind);
        config = spacing.map(config::with).orElse(config);
        return eta.isPresent() && config.sampler() instanceof EtaSampler sampler
                ? config.with(sampler.withEta(eta.getAsDouble()))
                : config;
    }

    /** Whether {@code config} visits the timesteps that this does: with some spacing, any sampler may. */
    boolean suits(SamplerConfig config) {
        return spacing.map(own -> own == config.timestepSchedule().spacing()).orElse(config.kind() == kind);
    }

    static String text(SamplerConfig config) {
        return config.kind() + " with " + text(config.timestepSchedule().spacing()) + " spacing";
    }

    private static String text(TimestepSpacing spacing) {
        return spacing.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return kind + spacing.map(own -> " with " + text(own) + " spacing").orElse("");
    }
}
