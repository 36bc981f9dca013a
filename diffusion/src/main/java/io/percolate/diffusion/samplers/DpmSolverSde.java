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
 * SDE-DPM-Solver++ of second order in several steps (Lu et al. 2022b, eq. 5.1): the stochastic counterpart of
 * {@link DpmSolver}.
 *
 * @param correction how the difference of the two latest clean images enters
 * @param cautiousEnd whether the last step of a short run that ends with noise is of first order
 */
public record DpmSolverSde(SolverType correction, boolean cautiousEnd) implements LogSnrSampler {

    public static DpmSolverSde read(JsonConfig config) {
        Options.require(config, "algorithm_type", "sde-dpmsolver++");
        Options.refuseLearnedVariance(config);
        Options.order(config, 2);
        return new DpmSolverSde(SolverType.read(config), DpmSolver.cautiousEnd(config));
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (Multistep past = new Multistep(2)) {
            return steps.walk(model, x, (xt, step, network) -> {
                past.push(network.estimate(xt, step.from()).x0(), step.from());
                NDArray mean = mean(xt, step, past, steps.planned());
                double std = step.to().std() * Math.sqrt(-Math.expm1(-2 * step.h()));
                return std == 0 ? mean : axpby(1, mean, std, noise.at(step.index(), xt));
            });
        }
    }

    private NDArray mean(NDArray x, Step step, Multistep past, int planned) {
        double h = step.h();
        double alpha = step.to().alpha();
        double kept = step.to().std() / step.from().std() * Math.exp(-h);
        NDArray first = axpby(kept, x, -alpha * Math.expm1(-2 * h), past.x0(0));
        int order = DpmSolver.order(2, cautiousEnd, step, planned);
        return Math.min(order, past.size()) == 1
                ? first
                : axpby(1, first, alpha * correction.ofSecondWithNoise(h), past.slope(h));
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("solver_order", 2, "solver_type", Options.name(correction), "lower_order_final", cautiousEnd);
    }
}
