package io.percolate.pipeline.comparison.report;

/**
 * What was compared.
 *
 * @param resolution side of the images in pixels
 * @param budget of the first arm
 * @param clock what its minutes, and all seconds of the report, are counted by, in words
 * @param equal what the other arms had as much of
 * @param seeds trainings of each arm
 * @param trainedOn number of images trained on
 * @param generated number of images generated with each model, and held out
 * @param steps inference steps of each image
 * @param heldOut how the images held out were chosen, as a sentence
 */
public record ComparisonSetup(
        int resolution,
        String budget,
        String clock,
        String equal,
        int seeds,
        int trainedOn,
        int generated,
        int steps,
        String heldOut) {}
