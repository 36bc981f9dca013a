package io.percolate.pipeline.generation;

import io.percolate.conditioning.guidance.Guidance;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How strongly the prompt is followed.
 *
 * @param scale 1 follows the prompt as it is, more exaggerates it; empty for the model's own
 * @param rescale 0 to 1: how far guided predictions get back the contrast of those without guidance
 * @param interval the timesteps at which guidance applies
 */
public record GuidanceChoice(OptionalDouble scale, double rescale, Guidance.Interval interval) {

    /** The model's own scale at every timestep. */
    public static final GuidanceChoice DEFAULT =
            new GuidanceChoice(OptionalDouble.empty(), 0, Guidance.Interval.ALWAYS);

    public GuidanceChoice {
        Objects.requireNonNull(interval, "interval");
        new Guidance(scale.orElse(1), rescale, interval);
    }

    /** This choice for a model whose own scale is {@code modelScale}. */
    Guidance resolve(double modelScale) {
        return new Guidance(scale.orElse(modelScale), rescale, interval);
    }

    GuidanceChoice withScale(double value) {
        return new GuidanceChoice(OptionalDouble.of(value), rescale, interval);
    }

    GuidanceChoice withRescale(double phi) {
        return new GuidanceChoice(scale, phi, interval);
    }

    GuidanceChoice withInterval(Guidance.Interval other) {
        return new GuidanceChoice(scale, rescale, other);
    }
}
