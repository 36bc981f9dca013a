package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * DPM-Solver-2 (Karras et al. 2022, algorithm 2 without churn): the slope halfway in log sigma carries the
 * whole way.
 *
 * <p>A step of the plan is half a step of the method: to the midpoint, then from the start to the end with the
 * slope at the midpoint. The last goes straight down.
 */
public record Dpm2() implements SigmaSampler {

    @Override
    public Steps plan(SigmaSchedule schedule, int count, int skipped) {
        List<NoiseLevel> ends = ends(schedule, count);
        List<NoiseLevel> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(ends.get(i));
            if (ends.get(i + 1).sigma() > 0) {
                all.add(schedule.between(ends.get(i), ends.get(i + 1)));
            }
        }
        all.add(ends.get(count));
        return Steps.between(all, count).from(2 * skipped);
    }

    /** Where steps meet, the published implementation runs the network at whole timesteps under Karras sigmas. */
    private static List<NoiseLevel> ends(SigmaSchedule schedule, int count) {
        boolean whole = schedule.timestepSchedule().sigmas() == SigmaSpacing.KARRAS;
        return schedule.levels(count).stream()
                .map(level -> whole ? new NoiseLevel(Math.rint(level.timestep()), level.sigma()) : level)
                .toList();
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History start = new History(1)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                NDArray slope = derivative(predictor, xt, step.from());
                if (step.index() % 2 == 0) {
                    start.push(xt.duplicate(), step.from());
                    return axpby(1, xt, step.to().sigma() - step.from().sigma(), slope);
                }
                Step toMidpoint = steps.before(step);
                return axpby(
                        1, start.get(0), step.to().sigma() - toMidpoint.from().sigma(), slope);
            });
        }
    }
}
