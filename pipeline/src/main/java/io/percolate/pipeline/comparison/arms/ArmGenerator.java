package io.percolate.pipeline.comparison.arms;

import java.awt.image.BufferedImage;
import java.util.List;

/** Generates images with a trained model: image i has the caption of subject i, if the model reads any, and seed i. */
public interface ArmGenerator extends AutoCloseable {

    /** The images from {@code first} up to {@code end}. */
    List<BufferedImage> images(int first, int end);

    /** As many images as there are subjects, of what the model begins with: an arm that is no nearer has not learned. */
    List<BufferedImage> noise(int side);

    /** Arithmetic for one image in one step, in 10^9 operations. */
    double gflopPerPrediction();

    @Override
    void close();
}
