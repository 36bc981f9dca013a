package io.percolate.diffusion.samplers;

import static io.percolate.nn.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.Estimator;
import io.percolate.weights.JsonConfig;

/** Euler steps that go too far down and add noise to come back up, as DDPM does (Crowson's k-diffusion). */
public record EulerAncestral() implements SigmaSampler {

    static EulerAncestral read(JsonConfig config) {
        return new EulerAncestral();
    }

    @Override
    public NDArray sample(Estimator model, NDArray x, Steps steps, StepNoise noise) {
        return steps.walk(model, x, (xt, step, network) -> {
            double from = step.from().sigma();
            double to = step.to().sigma();
            double up = to * Math.sqrt(1 - (to / from) * (to / from));
            double down = to * to / from;
            NDArray low = axpby(1, xt, down - from, derivative(network, xt, step.from()));
            return up == 0 ? low : axpby(1, low, up, noise.at(step.index(), xt));
        });
    }
}
