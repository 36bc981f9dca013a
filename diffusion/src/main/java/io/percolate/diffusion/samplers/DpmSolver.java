package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/**
 * DPM-Solver++ in several steps (Lu et al. 2022b, algorithm 2): {@code dpmpp_2m} is of order 2, {@code dpmpp_3m} of
 * order 3.
 *
 * <p>Over lambda, half the log signal-to-noise ratio, the solution of the diffusion equation is an integral of the
 * predicted clean image. Earlier predictions give the differences D1 and D2 of its Taylor expansion (appendix B.1).
 *
 * @param order 1, 2 or 3
 * @param solverType how D1 enters a step of second order
 * @param lowerOrderFinal whether the order falls to 1 towards the end of a run of fewer than 15 steps
 */
public record DpmSolver(int order, SolverType solverType, boolean lowerOrderFinal) implements LogSnrSampler {

    /** Runs with at least this many steps keep their order to the end. */
    private static final int LONG_RUN = 15;

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History x0 = new History(order)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                x0.push(predictor.predict(xt, step.from()).x0(), step.from());
                NDArray first = first(xt, step, x0.get(0));
                return switch (Math.min(x0.size(), order(order, lowerOrderFinal, step, steps))) {
                    case 1 -> first;
                    case 2 -> second(first, step, x0);
                    default -> third(first, step, x0);
                };
            });
        }
    }

    /** The highest order that suits a step: 1 where the end has no noise, low near the end of a short run. */
    static int order(int order, boolean lowerOrderFinal, Step step, Steps steps) {
        if (step.onlyFirstOrder()) {
            return 1;
        }
        boolean lower = lowerOrderFinal && steps.planned() < LONG_RUN;
        return lower ? Math.min(order, steps.left(step)) : order;
    }

    /** std_t / std_s x - alpha_t (exp(-h) - 1) D0, where D0 is the latest clean image: DDIM. */
    static NDArray first(NDArray x, Step step, NDArray x0) {
        double decay = Math.expm1(-step.h());
        return axpby(step.to().std() / step.from().std(), x, -step.to().alpha() * decay, x0);
    }

    /** {@code first} plus alpha_t w(h) D1, where the solver type chooses w. */
    private NDArray second(NDArray first, Step step, History x0) {
        NDArray d1 = difference(x0, 0, step.h());
        return axpby(1, first, step.to().alpha() * solverType.weight(step.h()), d1);
    }

    /** {@code first} plus the exact integrals of D1 and D2, both taken from the three latest clean images. */
    private static NDArray third(NDArray first, Step step, History x0) {
        double h = step.h();
        double r0 = ratio(x0, 0, h);
        double r1 = ratio(x0, 1, h);
        NDArray latest = difference(x0, 0, h);
        NDArray before = difference(x0, 1, h);
        NDArray d1 = axpby(1 + r0 / (r0 + r1), latest, -r0 / (r0 + r1), before);
        NDArray d2 = axpby(1 / (r0 + r1), latest, -1 / (r0 + r1), before);
        double alpha = step.to().alpha();
        double decay = Math.expm1(-h);
        NDArray second = axpby(1, first, alpha * (decay / h + 1), d1);
        return axpby(1, second, -alpha * ((decay + h) / (h * h) - 0.5), d2);
    }

    /** The change of the clean image from age + 1 to {@code age}, per step of length h. */
    static NDArray difference(History x0, int age, double h) {
        double r = ratio(x0, age, h);
        return axpby(1 / r, x0.get(age), -1 / r, x0.get(age + 1));
    }

    /** Length of an earlier step over lambda, in units of h. */
    private static double ratio(History x0, int age, double h) {
        return (x0.level(age).lambda() - x0.level(age + 1).lambda()) / h;
    }
}
