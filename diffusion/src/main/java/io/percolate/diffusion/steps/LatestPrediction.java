package io.percolate.diffusion.steps;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;

/** A predictor that keeps its latest prediction, for whoever watches the steps. Belongs to one step. */
final class LatestPrediction implements DenoisedPredictor {

    private final DenoisedPredictor model;
    private DenoisedPrediction latest;

    LatestPrediction(DenoisedPredictor model) {
        this.model = model;
    }

    @Override
    public DenoisedPrediction predict(NDArray x, NoiseLevel level) {
        latest = model.predict(x, level);
        return latest;
    }

    /** The clean image of the latest prediction. */
    NDArray x0() {
        return latest.x0();
    }
}
