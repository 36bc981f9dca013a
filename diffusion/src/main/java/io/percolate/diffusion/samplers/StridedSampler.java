package io.percolate.diffusion.samplers;

import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * A sampler on whole timesteps whose every step is T/N timesteps long.
 *
 * <p>With linspace spacing a step so ends near, not at, the timestep where the next one starts; this is what
 * the published implementations do.
 */
interface StridedSampler extends VariancePreservingSampler {

    @Override
    default Steps plan(SigmaSchedule schedule, int count, int skipped) {
        int[] timesteps = schedule.timesteps(count);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int previous = timesteps[i] - schedule.stride(count);
            steps.add(new Step(i, schedule.levelOrEnd(timesteps[i]), schedule.levelOrEnd(previous)));
        }
        return Steps.of(steps, count).from(skipped);
    }
}
