package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.BoundaryCondition;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * Multistep sampling of latent consistency models (Luo et al. 2023, algorithm 3): jump to a clean image, add
 * noise again, jump again.
 *
 * @param originalSteps number of evenly spaced timesteps that the model was distilled on
 * @param timestepScaling how quickly the boundary condition gives way to the network as timesteps grow
 */
public record Lcm(int originalSteps, double timestepScaling) implements DistilledSampler {

    @Override
    public Steps plan(SigmaSchedule schedule, int count, int skipped) {
        List<NoiseLevel> visited = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            visited.add(schedule.noiseSchedule().level(timestep(schedule, count, i)));
        }
        visited.add(NoiseLevel.CLEAN);
        return Steps.between(visited, count).from(skipped);
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            NDArray x0 = predictor.predict(xt, step.from()).x0();
            NDArray clean = new BoundaryCondition(timestepScaling)
                    .apply(xt, x0, step.from().timestep());
            return step.to().sigma() == 0
                    ? clean
                    : axpby(step.to().alpha(), clean, step.to().std(), noise.at(step.index(), xt));
        });
    }
}
