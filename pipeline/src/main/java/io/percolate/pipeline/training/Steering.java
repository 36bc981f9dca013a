package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.Residuals;
import io.percolate.pipeline.data.Batch;
import java.util.function.UnaryOperator;

/** What adds to the feature maps of a denoiser in training, given the images of a batch. */
@FunctionalInterface
public interface Steering {

    /** Nothing does. */
    Steering NONE = batch -> (x, timesteps, inputs, rows) -> Residuals.NONE;

    /** Gets ready for the images of {@code batch}. */
    Steered by(Batch batch);

    /** What is ready for one batch. */
    @FunctionalInterface
    interface Steered {

        /**
         * What to add, with gradients if something here is trained.
         *
         * @param x noisy latents (B,C,h,w) of some images of the batch
         * @param timesteps (B)
         * @param inputs what the denoiser is told about them
         * @param rows their rows of an array that has one for each image of the batch
         */
        Residuals residuals(NDArray x, NDArray timesteps, DenoiserInputs inputs, UnaryOperator<NDArray> rows);
    }
}
