package io.percolate.pipeline.generation;

import io.percolate.conditioning.guidance.Guidance;
import io.percolate.diffusion.samplers.Ddim;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSpacing;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How noise becomes an image; what is left empty is the model's own choice.
 *
 * @param steps inference steps
 * @param guidanceScale 1 follows the prompt as it is, more exaggerates it
 * @param guidanceRescale 0 to 1: how far guided predictions get back the contrast of those without guidance
 * @param guidanceInterval the timesteps at which guidance applies
 * @param sampler which sampler
 * @param eta how much noise {@link SamplerKind#DDIM} adds: 0, its own choice, to 1, as much as DDPM
 * @param spacing where its timesteps are
 * @param sigmas how its noise levels are placed
 */
public record Sampling(
        OptionalInt steps,
        OptionalDouble guidanceScale,
        double guidanceRescale,
        Guidance.Interval guidanceInterval,
        Optional<SamplerKind> sampler,
        OptionalDouble eta,
        Optional<TimestepSpacing> spacing,
        Optional<SigmaSpacing> sigmas) {

    /** The model's own choice in everything. */
    public static final Sampling DEFAULT = new Sampling(
            OptionalInt.empty(),
            OptionalDouble.empty(),
            0,
            Guidance.Interval.ALWAYS,
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty());

    public Sampling {
        if (steps.isPresent() && steps.getAsInt() < 1) {
            throw new IllegalArgumentException(steps.getAsInt() + " steps: ask for 1 or more");
        }
        new Guidance(guidanceScale.orElse(1), guidanceRescale, guidanceInterval);
        eta.ifPresent(Ddim::new);
    }

    /** What is asked of guidance; {@code usualScale} counts where no scale is. */
    Guidance guidance(double usualScale) {
        return new Guidance(guidanceScale.orElse(usualScale), guidanceRescale, guidanceInterval);
    }

    Sampling withSteps(int value) {
        return new Sampling(
                OptionalInt.of(value), guidanceScale, guidanceRescale, guidanceInterval, sampler, eta, spacing, sigmas);
    }

    Sampling withGuidanceScale(double value) {
        return new Sampling(
                steps, OptionalDouble.of(value), guidanceRescale, guidanceInterval, sampler, eta, spacing, sigmas);
    }

    Sampling withGuidanceRescale(double phi) {
        return new Sampling(steps, guidanceScale, phi, guidanceInterval, sampler, eta, spacing, sigmas);
    }

    Sampling withGuidanceInterval(Guidance.Interval interval) {
        return new Sampling(steps, guidanceScale, guidanceRescale, interval, sampler, eta, spacing, sigmas);
    }

    Sampling withSampler(SamplerKind kind) {
        return new Sampling(
                steps,
                guidanceScale,
                guidanceRescale,
                guidanceInterval,
                Optional.ofNullable(kind),
                eta,
                spacing,
                sigmas);
    }

    Sampling withEta(double value) {
        return new Sampling(
                steps,
                guidanceScale,
                guidanceRescale,
                guidanceInterval,
                sampler,
                OptionalDouble.of(value),
                spacing,
                sigmas);
    }

    Sampling withSpacing(TimestepSpacing value) {
        return new Sampling(
                steps,
                guidanceScale,
                guidanceRescale,
                guidanceInterval,
                sampler,
                eta,
                Optional.ofNullable(value),
                sigmas);
    }

    Sampling withSigmas(SigmaSpacing value) {
        return new Sampling(
                steps,
                guidanceScale,
                guidanceRescale,
                guidanceInterval,
                sampler,
                eta,
                spacing,
                Optional.ofNullable(value));
    }
}
