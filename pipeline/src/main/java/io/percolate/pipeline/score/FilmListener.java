package io.percolate.pipeline.score;

import java.awt.image.BufferedImage;

/** Is shown the clean images that a denoiser predicts from ever less noise. */
@FunctionalInterface
public interface FilmListener {

    /** Looks away. */
    FilmListener NONE = (image, timestep, predicted) -> {};

    /**
     * A prediction.
     *
     * @param image number of the image, from 0
     * @param timestep whose noise it was predicted from
     * @param predicted the clean image, decoded
     */
    void frame(int image, int timestep, BufferedImage predicted);
}
