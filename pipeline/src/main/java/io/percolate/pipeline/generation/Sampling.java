package io.percolate.pipeline.generation;

import java.util.OptionalInt;

/**
 * How noise becomes an image.
 *
 * @param steps inference steps; empty for the model's own number
 * @param guidance how strongly the prompt is followed
 * @param sampler which sampler takes which steps
 */
public record Sampling(OptionalInt steps, GuidanceChoice guidance, SamplerChoice sampler) {

    /** The model's own choice in everything. */
    public static final Sampling DEFAULT =
            new Sampling(OptionalInt.empty(), GuidanceChoice.DEFAULT, SamplerChoice.DEFAULT);

    public Sampling {
        if (steps.isPresent() && steps.getAsInt() < 1) {
            throw new IllegalArgumentException(steps.getAsInt() + " steps: ask for 1 or more");
        }
    }

    Sampling withSteps(int value) {
        return new Sampling(OptionalInt.of(value), guidance, sampler);
    }

    Sampling with(GuidanceChoice other) {
        return new Sampling(steps, other, sampler);
    }

    Sampling with(SamplerChoice other) {
        return new Sampling(steps, guidance, other);
    }
}
