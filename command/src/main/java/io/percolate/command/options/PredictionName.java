package io.percolate.command.options;

import io.percolate.diffusion.process.Prediction;

/** Reads the name of what a denoiser predicts, such as {@code epsilon}. */
final class PredictionName extends ConstantName<Prediction> {

    PredictionName() {
        super(Prediction.class, "prediction");
    }
}
