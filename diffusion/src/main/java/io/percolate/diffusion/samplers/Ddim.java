package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;

/**
 * Denoising diffusion implicit models (Song et al. 2021, eq. 12).
 *
 * @param eta 0 is deterministic, 1 adds as much noise as DDPM
 */
public record Ddim(double eta) implements StridedSampler, EtaSampler {

    public Ddim {
        EtaSampler.require(eta);
    }

    @Override
    public Ddim withEta(double other) {
        return new Ddim(other);
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        return steps.run(model, x, (xt, step, predictor) -> {
            DenoisedPrediction prediction = predictor.predict(xt, step.from());
            double std = eta * posteriorStd(step.from(), step.to());
            double direction = Math.sqrt(square(step.to().std()) - square(std));
            NDArray mean = axpby(step.to().alpha(), prediction.x0(), direction, prediction.epsilon());
            return std == 0 ? mean : axpby(1, mean, std, noise.at(step.index(), xt));
        });
    }

    /** Standard deviation of q(x_s | x_t, x0) for s &lt; t (Song et al. 2021, eq. 16). */
    private static double posteriorStd(NoiseLevel t, NoiseLevel s) {
        return s.std() / t.std() * Math.sqrt(1 - square(t.alpha() / s.alpha()));
    }

    private static double square(double value) {
        return value * value;
    }
}
