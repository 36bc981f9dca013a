package io.percolate.studio.work;

import java.awt.image.BufferedImage;

/**
 * A moment of the chain from noise to image.
 *
 * @param guided whether the predictions are guided
 * @param step steps taken; 0 for the noise
 * @param timestep of the step
 * @param latents the noisy latents as colours
 * @param predictedLatents the predicted clean latents as colours
 * @param predicted the image that they decode to
 */
public record ChainFrame(
        boolean guided,
        int step,
        double timestep,
        BufferedImage latents,
        BufferedImage predictedLatents,
        BufferedImage predicted) {}
