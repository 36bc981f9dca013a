package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/** Euler's method (Karras et al. 2022, algorithm 2 without churn). */
public record Euler() implements SigmaSampler {

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            NDArray slope = derivative(predictor, xt, step.from());
            return axpby(1, xt, step.to().sigma() - step.from().sigma(), slope);
        });
    }
}
