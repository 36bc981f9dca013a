package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.GaussianPosterior;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2), on all timesteps or some.
 *
 * @param variance of each step back
 */
public record Ddpm(Variance variance) implements VariancePreservingSampler {

    @Override
    public Steps plan(SigmaSchedule schedule, int count, int skipped) {
        List<NoiseLevel> visited = new ArrayList<>();
        for (int timestep : schedule.timesteps(count)) {
            visited.add(schedule.noiseSchedule().level(timestep));
        }
        visited.add(NoiseLevel.CLEAN);
        return Steps.between(visited, count).from(skipped);
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            NDArray x0 = predictor.predict(xt, step.from()).x0();
            GaussianPosterior posterior = GaussianPosterior.between(step.from(), step.to());
            NDArray mean = posterior.mean(x0, xt);
            return step.from().timestep() == 0
                    ? mean
                    : axpby(1, mean, Math.sqrt(variance.of(posterior)), noise.at(step.index(), xt));
        });
    }
}
