package io.percolate.pipeline.comparison.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a report, all of one size; maps have the arms in their order.
 *
 * @param heldOut images that no training saw
 * @param trained images that were trained on, if there are captions to generate them by
 * @param along the subjects held out at each part of the budget, by arm; fewer of them
 * @param reconstructions of the subjects held out, by arm that has an autoencoder
 * @param nearest the trained images nearest to those generated for the subjects held out, by arm
 * @param films what is predicted of the first subject held out at each point of the rate, from the most noise to the
 *     least, by arm
 * @param runs the run folder of each arm
 */
public record Gallery(
        Subjects heldOut,
        Optional<Subjects> trained,
        Map<String, Map<Double, List<BufferedImage>>> along,
        Map<String, List<BufferedImage>> reconstructions,
        Map<String, List<BufferedImage>> nearest,
        Map<String, List<BufferedImage>> films,
        Map<String, Path> runs) {

    /**
     * Real images, and what was generated in their place.
     *
     * @param captions of the subjects
     * @param real images of the subjects
     * @param generated images of the subjects, by arm
     */
    public record Subjects(
            List<String> captions, List<BufferedImage> real, Map<String, List<BufferedImage>> generated) {}
}
