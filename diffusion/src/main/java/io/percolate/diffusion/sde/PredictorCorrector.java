package io.percolate.diffusion.sde;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.nn.engine.Aten;

/**
 * Each step back by {@link EulerMaruyama} is followed by steps of Langevin dynamics, which keep the time and bring x
 * nearer to the distribution there (Song et al. 2021, algorithms 1 and 5). The length of a Langevin step is chosen for
 * each image by itself, not for the batch, and without the paper's factor of nearly 1.
 *
 * @param steps number of steps back
 * @param corrections Langevin steps after each
 * @param snr length of the score's part of a Langevin step relative to the noise's; 0.16 in the paper. The variance of
 *     what is sampled comes out larger by a part of snr^2
 */
public record PredictorCorrector(int steps, int corrections, double snr) implements SdeSampler {

    public PredictorCorrector {
        new TimeGrid(steps, 0);
        if (corrections < 1 || !(snr > 0)) {
            throw new IllegalArgumentException(corrections + " corrections of snr " + snr + ": both must be positive");
        }
    }

    @Override
    public NDArray sample(ScoreModel model, NDArray initial, StepNoise noise) {
        TimeGrid times = new TimeGrid(steps, model.earliest());
        return times.run(model.sde().prior(initial), (x, i) -> {
            NDArray mean = EulerMaruyama.mean(model, x, times.time(i), times.length());
            if (times.isLast(i)) {
                return mean;
            }
            int number = i * (1 + corrections);
            double std = EulerMaruyama.std(model.sde(), times.time(i), times.length());
            NDArray corrected = axpby(1, mean, std, noise.at(number, x));
            for (int k = 1; k <= corrections; k++) {
                corrected = correct(model.score().at(corrected, times.time(i + 1)), corrected, noise.at(number + k, x));
            }
            return corrected;
        });
    }

    /** x + step score + sqrt(2 step) noise, where step = 2 (snr |noise| / |score|)^2. */
    private NDArray correct(NDArray score, NDArray x, NDArray noise) {
        NDArray ratio = Aten.scale(Rows.norm(noise).div(Rows.norm(score)), snr);
        NDArray moved = x.add(Aten.scale(ratio.square(), 2).mul(score));
        return moved.add(Aten.scale(ratio, 2).mul(noise));
    }
}
