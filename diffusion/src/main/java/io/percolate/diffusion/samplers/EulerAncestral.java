package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/** Euler steps that go too far down and add noise to come back up, as DDPM does (Crowson's k-diffusion). */
public record EulerAncestral() implements SigmaSampler {

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            double from = step.from().sigma();
            double to = step.to().sigma();
            double up = to * Math.sqrt(1 - (to / from) * (to / from));
            double down = to * to / from;
            NDArray low = axpby(1, xt, down - from, derivative(predictor, xt, step.from()));
            return up == 0 ? low : axpby(1, low, up, noise.at(step.index(), xt));
        });
    }
}
