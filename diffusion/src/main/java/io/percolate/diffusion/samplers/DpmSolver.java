package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.published.Options;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * DPM-Solver++ in several steps (Lu et al. 2022b, algorithm 2): clean images of earlier steps give the
 * differences that a higher order needs.
 *
 * @param order 1, 2 or 3
 * @param correction how the second difference enters
 * @param cautiousEnd whether short runs lower the order towards the end
 */
public record DpmSolver(int order, SolverType correction, boolean cautiousEnd) implements LogSnrSampler {

    /** Runs with at least this many steps keep their order to the end. */
    private static final int LONG_RUN = 15;

    public static DpmSolver read(JsonConfig config) {
        Options.require(config, "algorithm_type", "dpmsolver++");
        Options.refuseLearnedVariance(config);
        return new DpmSolver(Options.order(config, 3), SolverType.read(config), cautiousEnd(config));
    }

    /** Reads {@code lower_order_final}. */
    static boolean cautiousEnd(JsonConfig config) {
        return config.flag("lower_order_final", true);
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (Multistep past = new Multistep(order)) {
            return steps.walk(model, x, (xt, step, network) -> {
                past.push(network.estimate(xt, step.from()).x0(), step.from());
                int fit = order(order, cautiousEnd, step, steps.planned());
                return update(xt, step, past, Math.min(fit, past.size()));
            });
        }
    }

    /** The highest order fit for a step: low where the end is near in a short run. */
    static int order(int wanted, boolean cautiousEnd, Step step, int planned) {
        int left = planned - step.index();
        boolean cautious = cautiousEnd && planned < LONG_RUN;
        return step.onlyFirstOrder() ? 1 : cautious ? Math.min(wanted, left) : wanted;
    }

    private NDArray update(NDArray x, Step step, Multistep past, int order) {
        double h = step.h();
        double alpha = step.to().alpha();
        double decay = Math.expm1(-h);
        NDArray first = axpby(step.to().std() / step.from().std(), x, -alpha * decay, past.x0(0));
        return switch (order) {
            case 1 -> first;
            case 2 -> axpby(1, first, alpha * correction.ofSecond(h), past.slope(h));
            default -> {
                NDArray second = axpby(1, first, alpha * (decay / h + 1), past.slopeOfThree(h));
                yield axpby(1, second, -alpha * ((decay + h) / (h * h) - 0.5), past.curvature(h));
            }
        };
    }

    @Override
    public Map<String, Object> options() {
        return Map.of(
                "solver_order", order,
                "solver_type", Options.name(correction),
                "lower_order_final", cautiousEnd);
    }
}
