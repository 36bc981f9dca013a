package io.percolate.diffusion.samplers;

import static io.percolate.nn.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.Estimator;
import io.percolate.weights.JsonConfig;

/** Euler's method (Karras et al. 2022, algorithm 2 without churn). */
public record Euler() implements SigmaSampler {

    static Euler read(JsonConfig config) {
        return new Euler();
    }

    @Override
    public NDArray sample(Estimator model, NDArray x, Steps steps, StepNoise noise) {
        return steps.walk(model, x, (xt, step, network) -> {
            NDArray slope = derivative(network, xt, step.from());
            return axpby(1, xt, step.to().sigma() - step.from().sigma(), slope);
        });
    }
}
