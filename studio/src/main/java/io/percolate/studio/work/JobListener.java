package io.percolate.studio.work;

import io.percolate.pipeline.generation.GeneratedImage;
import java.awt.image.BufferedImage;
import java.util.List;

/** Hears of a job, on the thread that follows it. Methods that are not overridden do nothing. */
public interface JobListener {

    /** Called while the job waits, and now and then while nothing else happens: {@code position} 0 is running. */
    default void waiting(int position) {}

    /** Called after steps, perhaps not after each. */
    default void stepped(JobProgress progress) {}

    /** Called with the images as they are predicted to become. */
    default void previewed(List<BufferedImage> previews) {}

    /** Called with image number {@code index}, from 0. */
    default void generated(int index, GeneratedImage image) {}

    /** Called with a moment of the chain from noise to image. */
    default void explained(ChainFrame frame) {}
}
