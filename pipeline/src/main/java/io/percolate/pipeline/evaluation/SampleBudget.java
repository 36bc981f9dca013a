package io.percolate.pipeline.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * How many images are generated to judge a model by.
 *
 * @param images number of images
 * @param steps inference steps of each
 */
public record SampleBudget(int images, int steps) {

    /** Inference steps that are enough to judge any model by. */
    public static final int ENOUGH_STEPS = 20;

    public SampleBudget {
        if (images < 2 || steps < 1) {
            throw new IllegalArgumentException(images + " images in " + steps
                    + " steps: generate at least 2 images in 1 step to compare anything");
        }
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
}
