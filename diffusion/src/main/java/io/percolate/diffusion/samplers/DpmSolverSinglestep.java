package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.steps.TimestepSchedule;
import io.percolate.diffusion.steps.TimestepSpacing;

/**
 * DPM-Solver++ 2S (Lu et al. 2022b, algorithm 1): steps in pairs, of which the second starts over from where the first
 * did, with the difference between the two clean images.
 *
 * @param solverType how that difference enters
 * @param lowerOrderFinal whether the last step stands alone even if it ends with noise
 */
public record DpmSolverSinglestep(SolverType solverType, boolean lowerOrderFinal) implements LogSnrSampler {

    /** Timesteps are always spread over the whole schedule, whatever the spacing. */
    @Override
    public Steps plan(SigmaSchedule schedule, int count, int skipped) {
        TimestepSchedule even = schedule.timestepSchedule().withSpacing(TimestepSpacing.LINSPACE);
        return LogSnrSampler.super.plan(new SigmaSchedule(schedule.noiseSchedule(), even), count, skipped);
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History x0 = new History(2);
                History start = new History(1)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                x0.push(predictor.predict(xt, step.from()).x0(), step.from());
                if (isSecond(step, steps) && x0.size() == 2) {
                    return second(start.get(0), step, x0);
                }
                start.push(xt.duplicate(), step.from());
                return DpmSolver.first(xt, step, x0.get(0));
            });
        }
    }

    private boolean isSecond(Step step, Steps steps) {
        boolean alone = step.to().sigma() == 0 || lowerOrderFinal && steps.left(step) == 1;
        return step.index() % 2 == 1 && !alone;
    }

    /** From the start of the pair, where x is, to its end. */
    private NDArray second(NDArray x, Step step, History x0) {
        NoiseLevel start = x0.level(1);
        double h = step.to().lambda() - start.lambda();
        double alpha = step.to().alpha();
        NDArray first = axpby(step.to().std() / start.std(), x, -alpha * Math.expm1(-h), x0.get(1));
        return axpby(1, first, alpha * solverType.weight(h), DpmSolver.difference(x0, 0, h));
    }
}
