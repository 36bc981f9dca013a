package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/**
 * SDE-DPM-Solver++ of second order in several steps (Lu et al. 2022b, eq. 5.1): the stochastic counterpart of
 * {@link DpmSolver}, whose exponentials here are of 2h.
 *
 * @param solverType how the difference of the two latest clean images enters
 * @param lowerOrderFinal whether the last step of a short run that ends with noise is of first order
 */
public record DpmSolverSde(SolverType solverType, boolean lowerOrderFinal) implements LogSnrSampler {

    private static final int ORDER = 2;

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History x0 = new History(ORDER)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                x0.push(predictor.predict(xt, step.from()).x0(), step.from());
                int order = Math.min(x0.size(), DpmSolver.order(ORDER, lowerOrderFinal, step, steps));
                NDArray mean = mean(xt, step, x0, order);
                double std = step.to().std() * Math.sqrt(-Math.expm1(-2 * step.h()));
                return std == 0 ? mean : axpby(1, mean, std, noise.at(step.index(), xt));
            });
        }
    }

    private NDArray mean(NDArray x, Step step, History x0, int order) {
        double h = step.h();
        double alpha = step.to().alpha();
        double kept = step.to().std() / step.from().std() * Math.exp(-h);
        NDArray first = axpby(kept, x, -alpha * Math.expm1(-2 * h), x0.get(0));
        return order == 1 ? first : axpby(1, first, alpha * solverType.weight(2 * h), DpmSolver.difference(x0, 0, h));
    }
}
