package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategic stochastic sampling of models from trajectory consistency distillation (Zheng et al. 2024, algorithm 4): a
 * step goes along the trajectory below the next timestep t, to s = (1 - eta) t, and comes back up to it with noise.
 *
 * @param originalSteps number of evenly spaced timesteps that the model was distilled on
 * @param eta the paper's gamma: 0 is deterministic, 1 goes to the clean image in each step
 */
public record Tcd(int originalSteps, double eta) implements DistilledSampler, EtaSampler {

    public Tcd {
        EtaSampler.require(eta);
    }

    @Override
    public Tcd withEta(double other) {
        return new Tcd(originalSteps, other);
    }

    /** Steps that end at s; the next one starts at t. */
    @Override
    public Steps plan(SigmaSchedule schedule, int count, int skipped) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int next = i + 1 < count ? timestep(schedule, count, i + 1) : 0;
            steps.add(new Step(i, level(schedule, timestep(schedule, count, i)), level(schedule, (1 - eta) * next)));
        }
        return Steps.of(steps, count).from(skipped);
    }

    private static NoiseLevel level(SigmaSchedule schedule, double timestep) {
        return schedule.noiseSchedule().level((int) Math.floor(timestep));
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            DenoisedPrediction prediction = predictor.predict(xt, step.from());
            NDArray xs = axpby(step.to().alpha(), prediction.x0(), step.to().std(), prediction.epsilon());
            return eta == 0 || steps.left(step) == 1
                    ? xs
                    : noisier(xs, step.to(), steps.after(step).from(), noise.at(step.index(), xt));
        });
    }

    /** x at level t, which has more noise, from x at level s: taken from q(x_t | x_s). */
    private static NDArray noisier(NDArray xs, NoiseLevel s, NoiseLevel t, NDArray noise) {
        double kept = t.alpha() / s.alpha();
        return axpby(kept, xs, Math.sqrt(1 - kept * kept), noise);
    }
}
