package io.percolate.pipeline.evaluation;

/**
 * How many images are generated to judge a model by.
 *
 * @param images number of images
 * @param steps inference steps of each
 */
public record SampleBudget(int images, int steps) {

    public SampleBudget {
        if (images < 2 || steps < 1) {
            throw new IllegalArgumentException(images + " images in " + steps
                    + " steps: generate at least 2 images in 1 step to compare anything");
        }
    }
}
