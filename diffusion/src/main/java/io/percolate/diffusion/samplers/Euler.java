package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.JsonConfig;

/** Euler's method (Karras et al. 2022, algorithm 2 without churn). */
public record Euler() implements SigmaSampler {

    public static Euler read(JsonConfig config) {
        return new Euler();
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.walk(model, x, (xt, step, network) -> {
            NDArray slope = derivative(network, xt, step.from());
            return axpby(1, xt, step.to().sigma() - step.from().sigma(), slope);
        });
    }
}
