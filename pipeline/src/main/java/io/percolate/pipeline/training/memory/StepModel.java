package io.percolate.pipeline.training.memory;

/**
 * What a step needs, as a function of how many images it has.
 *
 * @param one a step of one image
 * @param perImage megabytes for each further image of the batch
 * @param perMicroImage megabytes for each further image that goes through the network with it
 * @param secondsPerImage for each further image
 */
record StepModel(StepCost one, double perImage, double perMicroImage, double secondsPerImage) {

    /** From a step of one image, of two images together, and of two images one after the other. */
    static StepModel of(StepCost one, StepCost together, StepCost apart) {
        return new StepModel(
                one,
                Math.max(0, apart.peak() - one.peak()),
                Math.max(0, together.peak() - apart.peak()),
                Math.max(one.seconds() / 2, together.seconds() - one.seconds()));
    }

    /** From a step of one image alone, if that is all that fits: another image counts like the first. */
    static StepModel of(StepCost one) {
        return new StepModel(one, one.activations() / 4, one.activations(), one.seconds());
    }

    /** The same with {@code megabytes} less in use all the time. */
    StepModel without(double megabytes) {
        return new StepModel(one.without(megabytes), perImage, perMicroImage, secondsPerImage);
    }

    /** The most megabytes in use during a step of {@code batch} images, {@code micro} of them together. */
    double peak(int batch, int micro) {
        return one.peak() + (batch - 1) * perImage + (micro - 1) * perMicroImage;
    }

    /** Seconds of a step of {@code batch} images. */
    double seconds(int batch) {
        return one.seconds() + (batch - 1) * secondsPerImage;
    }

    /** How many of {@code batch} images may go together within {@code megabytes}; 0 if not even one. */
    int largestMicroBatch(int batch, double megabytes) {
        int micro = batch;
        while (micro > 0 && peak(batch, micro) > megabytes) {
            micro--;
        }
        return micro;
    }
}
