package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.samplers.multistep.LogPolynomial;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.nn.engine.Aten;
import java.util.List;

/**
 * Diffusion exponential integrator, log-rho multistep (Zhang and Chen 2023, section 3.4): a polynomial in
 * log sigma through the latest predictions of the noise, integrated over sigma.
 *
 * @param order 1, 2 or 3
 * @param lowerOrderFinal whether the order falls to 1 towards the end of a short run
 */
public record Deis(int order, boolean lowerOrderFinal) implements LogSnrSampler {

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History past = new History(order)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                past.push(noise(predictor, xt, step.from()), step.from());
                return update(xt, step, past, DpmSolver.order(order, lowerOrderFinal, step, steps));
            });
        }
    }

    /** The noise that remains if the clean image, which may have been clipped, is taken away. */
    private static NDArray noise(DenoisedPredictor model, NDArray x, NoiseLevel level) {
        NDArray x0 = model.predict(x, level).x0();
        return axpby(1 / level.std(), x, -1 / level.sigma(), x0);
    }

    private static NDArray update(NDArray x, Step step, History past, int order) {
        double alpha = step.to().alpha();
        List<NoiseLevel> nodes = past.levels(order);
        NDArray next = Aten.scale(x, alpha / step.from().alpha());
        for (int age = 0; age < nodes.size(); age++) {
            LogPolynomial polynomial = LogPolynomial.of(nodes, age);
            double integral = polynomial.integral(step.from().sigma(), step.to().sigma());
            next = axpby(1, next, alpha * integral, past.get(age));
        }
        return next;
    }
}
