package io.percolate.pipeline.generation;

import io.percolate.diffusion.samplers.EtaSampler;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSpacing;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which sampler takes which steps; what is empty is the model's own choice.
 *
 * @param kind which sampler
 * @param eta how much noise an {@link EtaSampler} adds: from 0, none, to 1; empty for its own choice, which is 0 for
 *     {@link SamplerKind#DDIM} and 0.3 for {@link SamplerKind#TCD}
 * @param spacing where its timesteps are
 * @param sigmas how its noise levels are spaced
 */
public record SamplerChoice(
        Optional<SamplerKind> kind,
        OptionalDouble eta,
        Optional<TimestepSpacing> spacing,
        Optional<SigmaSpacing> sigmas) {

    /** The model's own choice in everything. */
    public static final SamplerChoice DEFAULT =
            new SamplerChoice(Optional.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty());

    public SamplerChoice {
        eta.ifPresent(EtaSampler::require);
    }

    /** The sampler that was chosen, with the steps that are usual for it. */
    SamplerConfig sampler(SamplerConfig model) {
        return kind.map(model::with).orElse(model);
    }

    /** This choice for a model whose own is {@code model}. */
    SamplerConfig resolve(SamplerConfig model) {
        SamplerConfig chosen = sampler(model);
        chosen = spacing.map(chosen::with).orElse(chosen);
        chosen = sigmas.map(chosen::with).orElse(chosen);
        return eta.isPresent() ? withEta(chosen, eta.getAsDouble()) : chosen;
    }

    private static SamplerConfig withEta(SamplerConfig chosen, double eta) {
        if (chosen.sampler() instanceof EtaSampler sampler) {
            return chosen.with(sampler.withEta(eta));
        }
        throw new IllegalArgumentException("eta " + eta + " is for the samplers ddim and tcd, not for " + chosen.kind()
                + ": choose one of them, or leave eta out");
    }

    SamplerChoice withKind(SamplerKind value) {
        return new SamplerChoice(given(value, "sampler"), eta, spacing, sigmas);
    }

    SamplerChoice withEta(double value) {
        return new SamplerChoice(kind, OptionalDouble.of(value), spacing, sigmas);
    }

    SamplerChoice withSpacing(TimestepSpacing value) {
        return new SamplerChoice(kind, eta, given(value, "spacing"), sigmas);
    }

    SamplerChoice withSigmas(SigmaSpacing value) {
        return new SamplerChoice(kind, eta, spacing, given(value, "sigmas"));
    }

    private static <T> Optional<T> given(T value, String name) {
        return Optional.of(Objects.requireNonNull(value, name));
    }
}
