package io.percolate.pipeline.evaluation.edges;

import java.util.Locale;

/**
 * How far generated images have the edges that a ControlNet was shown: F1 of the edges that agree within one pixel, from 0
 * to 1, the mean over images.
 *
 * @param images number of images
 * @param controlled of those under control
 * @param uncontrolled of the same prompts and seeds without it
 */
public record EdgeAgreement(int images, double controlled, double uncontrolled) {

    /** In words. */
    public String summary() {
        return String.format(
                Locale.ROOT, "F1 %.3f with the ControlNet, %.3f without (%d images)", controlled, uncontrolled, images);
    }
}
