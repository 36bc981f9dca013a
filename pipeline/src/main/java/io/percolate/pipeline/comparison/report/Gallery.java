package io.percolate.pipeline.comparison.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The images of a report, all of one size; maps have the arms in their order.
 *
 * @param captions of the subjects
 * @param real images of the subjects, held out
 * @param generated images of the subjects, by arm
 * @param along the same at each part of the budget, by arm; fewer subjects
 * @param reconstructions of the subjects, by arm that has an autoencoder
 * @param nearest the trained images nearest to those generated, by arm
 * @param films what is predicted of the first subject at each point of the rate, from the most noise to the least, by arm
 * @param runs the run folder of each arm
 */
public record Gallery(
        List<String> captions,
        List<BufferedImage> real,
        Map<String, List<BufferedImage>> generated,
        Map<String, Map<Double, List<BufferedImage>>> along,
        Map<String, List<BufferedImage>> reconstructions,
        Map<String, List<BufferedImage>> nearest,
        Map<String, List<BufferedImage>> films,
        Map<String, Path> runs) {}
