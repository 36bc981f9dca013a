package io.percolate.pipeline.evaluation;

import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.generation.GenerationRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many images are generated to judge a model by, and how.
 *
 * @param images number of images
 * @param steps inference steps of each
 * @param choice what is not as the model has it
 */
public record SampleBudget(int images, int steps, Choice choice) {

    /** Inference steps that are enough to judge any model by. */
    public static final int ENOUGH_STEPS = 20;

    public SampleBudget {
        if (images < 2 || steps < 1) {
            throw new IllegalArgumentException(images + " images in " + steps
                    + " steps: generate at least 2 images in 1 step to compare anything");
        }
    }

    /** In a model's own way. */
    public SampleBudget(int images, int steps) {
        this(images, steps, Choice.NONE);
    }

    /**
     * What may be chosen in place of what a model has.
     *
     * @param guidanceScale how closely prompts are followed
     * @param sampler which takes the steps
     */
    public record Choice(Optional<Double> guidanceScale, Optional<SamplerKind> sampler) {

        /** All as the model has it. */
        public static final Choice NONE = new Choice(Optional.empty(), Optional.empty());
    }

    /**
     * {@code images} in {@code steps}, or if none are given, in a model's own, at most {@value #ENOUGH_STEPS}: models of
     * a few steps cannot take more.
     *
     * @param own steps of the model
     */
    public static SampleBudget of(int images, @Nullable Integer steps, int own) {
        return new SampleBudget(images, steps == null ? Math.min(own, ENOUGH_STEPS) : steps);
    }

    /** The same, sampled otherwise. */
    public SampleBudget with(Choice other) {
        return new SampleBudget(images, steps, other);
    }

    /** Asks for images of this kind. */
    public GenerationRequest.Builder applyTo(GenerationRequest.Builder request) {
        choice.guidanceScale.ifPresent(request::guidanceScale);
        choice.sampler.ifPresent(request::sampler);
        return request.steps(steps);
    }
}
