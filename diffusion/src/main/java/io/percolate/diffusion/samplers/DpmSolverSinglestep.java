package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.published.Options;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * DPM-Solver++ 2S (Lu et al. 2022b, algorithm 1): steps in pairs, of which the second starts over from where
 * the first did, with the difference between the two clean images.
 *
 * @param correction how that difference enters
 * @param cautiousEnd whether the last step stands alone even if it ends with noise
 */
public record DpmSolverSinglestep(SolverType correction, boolean cautiousEnd) implements LogSnrSampler {

    public static DpmSolverSinglestep read(JsonConfig config) {
        Options.require(config, "algorithm_type", "dpmsolver++");
        Options.refuseLearnedVariance(config);
        if (Options.order(config, 2) == 1) {
            throw Options.refused(config, "solver_order", "1", "2");
        }
        return new DpmSolverSinglestep(SolverType.read(config), DpmSolver.cautiousEnd(config));
    }

    /** Timesteps are always spread over the whole schedule, whatever the spacing. */
    @Override
    public Steps plan(SigmaSchedule levels, int count, int skipped) {
        TimestepSchedule even = levels.placement().withSpacing(TimestepSpacing.LINSPACE);
        return LogSnrSampler.super.plan(new SigmaSchedule(levels.schedule(), even), count, skipped);
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (Multistep past = new Multistep(2);
                History start = new History(1)) {
            return steps.walk(model, x, (xt, step, network) -> {
                past.push(network.estimate(xt, step.from()).x0(), step.from());
                if (isSecond(step, steps.planned()) && past.size() == 2) {
                    return second(start.get(0), step, past);
                }
                start.push(xt.duplicate());
                double scale = step.to().std() / step.from().std();
                return axpby(scale, xt, -step.to().alpha() * Math.expm1(-step.h()), past.x0(0));
            });
        }
    }

    private boolean isSecond(Step step, int planned) {
        boolean alone = step.to().sigma() == 0 || cautiousEnd && step.index() == planned - 1;
        return step.index() % 2 == 1 && !alone;
    }

    /** From the start of the pair to its end. */
    private NDArray second(NDArray x, Step step, Multistep past) {
        double h = step.to().lambda() - past.level(1).lambda();
        double alpha = step.to().alpha();
        NDArray first = axpby(step.to().std() / past.level(1).std(), x, -alpha * Math.expm1(-h), past.x0(1));
        return axpby(1, first, alpha * correction.ofSecond(h), past.slope(h));
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("solver_order", 2, "solver_type", Options.name(correction), "lower_order_final", cautiousEnd);
    }
}
