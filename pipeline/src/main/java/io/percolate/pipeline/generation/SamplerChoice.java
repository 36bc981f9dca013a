package io.percolate.pipeline.generation;

import io.percolate.diffusion.samplers.Ddim;
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
 * @param eta how much noise {@link SamplerKind#DDIM} adds: from 0, its own choice, to 1, as much as DDPM
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
        eta.ifPresent(Ddim::new);
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
        if (chosen.kind() != SamplerKind.DDIM) {
            throw new IllegalArgumentException("eta " + eta + " is for the sampler ddim, not for " + chosen.kind()
                    + ": choose ddim, or leave eta out");
        }
        return chosen.with(new Ddim(eta));
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
