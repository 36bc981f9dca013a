package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.steps.StepNoise;

/** A way from the prior back to data, from time 1 to a model's earliest. All state is local to {@link #sample}. */
public sealed interface SdeSampler permits EulerMaruyama, PredictorCorrector, ProbabilityFlow {

    /**
     * Samples the model.
     *
     * @param initial standard normal (B,...), which becomes the prior's sample
     * @param noise standard normal, asked for by number; the flow asks for none
     * @return data, like {@code initial}
     */
    NDArray sample(ScoreModel model, NDArray initial, StepNoise noise);
}
