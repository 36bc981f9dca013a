package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/** Heun's method: Euler with the mean of the slopes at both ends (Karras et al. 2022, algorithm 1). */
public record Heun() implements SigmaSampler {

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            double length = step.to().sigma() - step.from().sigma();
            NDArray slope = derivative(predictor, xt, step.from());
            NDArray euler = axpby(1, xt, length, slope);
            if (step.to().sigma() == 0) {
                return euler;
            }
            NDArray slopeAtEnd = derivative(predictor, euler, step.to());
            return axpby(1, xt, length, axpby(0.5, slope, 0.5, slopeAtEnd));
        });
    }
}
