package io.percolate.diffusion.samplers;

import static io.percolate.nn.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.Estimator;
import io.percolate.diffusion.GaussianPosterior;
import io.percolate.diffusion.GaussianPosterior.Variance;
import io.percolate.diffusion.NoiseLevel;
import io.percolate.weights.JsonConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2), on all timesteps or some.
 *
 * @param variance of each step back
 */
public record Ddpm(Variance variance) implements VariancePreservingSampler {

    static Ddpm read(JsonConfig config) {
        return new Ddpm(Options.choice(config, "variance_type", Variance.class, Variance.FIXED_SMALL));
    }

    @Override
    public Steps plan(Discretisation levels, int count, int skipped) {
        List<NoiseLevel> visited = new ArrayList<>();
        for (int timestep : levels.timesteps(count)) {
            visited.add(levels.schedule().level(timestep));
        }
        visited.add(NoiseLevel.CLEAN);
        return Steps.between(visited, count).from(skipped);
    }

    @Override
    public NDArray sample(Estimator model, NDArray x, Steps steps, StepNoise noise) {
        return steps.walk(model, x, (xt, step, network) -> {
            NDArray x0 = network.estimate(xt, step.from()).x0();
            GaussianPosterior posterior = GaussianPosterior.between(step.from(), step.to());
            NDArray mean = posterior.mean(x0, xt);
            return step.from().timestep() == 0
                    ? mean
                    : axpby(1, mean, Math.sqrt(variance.of(posterior)), noise.at(step.index(), xt));
        });
    }

    @Override
    public Map<String, Object> options() {
        return Map.of("variance_type", variance.name().toLowerCase(Locale.ROOT));
    }
}
