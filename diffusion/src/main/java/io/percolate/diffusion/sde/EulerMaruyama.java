package io.percolate.diffusion.sde;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.steps.StepNoise;

/**
 * The reverse-time SDE in steps of equal length (Euler and Maruyama; Song et al. 2021, section 4.1). The last step adds
 * no noise.
 *
 * @param steps number of steps, 1,000 in the paper
 */
public record EulerMaruyama(int steps) implements SdeSampler {

    public EulerMaruyama {
        new TimeGrid(steps, 0);
    }

    @Override
    public NDArray sample(ScoreModel model, NDArray initial, StepNoise noise) {
        TimeGrid times = new TimeGrid(steps, model.earliest());
        return times.run(model.sde().prior(initial), (x, i) -> {
            NDArray mean = mean(model, x, times.time(i), times.length());
            return times.isLast(i)
                    ? mean
                    : axpby(1, mean, std(model.sde(), times.time(i), times.length()), noise.at(i, x));
        });
    }

    /** Where x is expected {@code length} before {@code time}. */
    static NDArray mean(ScoreModel model, NDArray x, double time, double length) {
        return axpby(1, x, -length, model.reverseDrift(x, time));
    }

    /** Deviation of the noise that comes on top. */
    static double std(Sde sde, double time, double length) {
        return sde.diffusion(time) * Math.sqrt(length);
    }
}
