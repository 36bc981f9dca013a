package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.samplers.multistep.Lagrange;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/** Linear multistep (Adams and Bashforth) of order four: a polynomial through the latest slopes, integrated. */
public record Lms() implements SigmaSampler {

    private static final int ORDER = 4;

    /** Gauss-Legendre nodes and weights on [-1, 1]: two are exact for the cubics of order four. */
    private static final double NODE = 1 / Math.sqrt(3);

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History slopes = new History(ORDER)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                slopes.push(derivative(predictor, xt, step.from()), step.from());
                return update(xt, step, slopes);
            });
        }
    }

    private static NDArray update(NDArray x, Step step, History slopes) {
        double[] sigmas =
                slopes.levels(ORDER).stream().mapToDouble(NoiseLevel::sigma).toArray();
        NDArray next = x;
        for (int age = 0; age < sigmas.length; age++) {
            next = axpby(1, next, integral(sigmas, age, step), slopes.get(age));
        }
        return next;
    }

    /** Integral over the step of the Lagrange polynomial that is 1 at node {@code chosen} and 0 at the others. */
    private static double integral(double[] nodes, int chosen, Step step) {
        double centre = (step.from().sigma() + step.to().sigma()) / 2;
        double half = (step.to().sigma() - step.from().sigma()) / 2;
        return half
                * (Lagrange.at(centre - half * NODE, nodes, chosen) + Lagrange.at(centre + half * NODE, nodes, chosen));
    }
}
