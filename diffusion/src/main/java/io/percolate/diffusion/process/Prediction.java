package io.percolate.diffusion.process;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/** What a denoising network is trained to predict from x_t = alpha x0 + std epsilon. */
public enum Prediction {

    /** The noise (Ho et al. 2020, eq. 14). */
    EPSILON("epsilon") {
        @Override
        public NDArray target(NoiseSchedule schedule, NDArray x0, NDArray noise, NDArray timesteps) {
            return noise;
        }

        @Override
        Mixture x0(NoiseLevel level) {
            return new Mixture(1 / level.alpha(), -level.sigma());
        }

        @Override
        Mixture epsilon(NoiseLevel level) {
            return Mixture.SECOND;
        }

        @Override
        public NDArray output(DenoisedPrediction prediction, NoiseLevel level) {
            return prediction.epsilon();
        }
    },

    /** The velocity alpha epsilon - std x0 (Salimans and Ho 2022). */
    V("v_prediction") {
        @Override
        public NDArray target(NoiseSchedule schedule, NDArray x0, NDArray noise, NDArray timesteps) {
            return schedule.velocity(x0, noise, timesteps);
        }

        @Override
        Mixture x0(NoiseLevel level) {
            return new Mixture(level.alpha(), -level.std());
        }

        @Override
        Mixture epsilon(NoiseLevel level) {
            return new Mixture(level.std(), level.alpha());
        }

        @Override
        public NDArray output(DenoisedPrediction prediction, NoiseLevel level) {
            return Scope.keep(() -> axpby(level.alpha(), prediction.epsilon(), -level.std(), prediction.x0()));
        }
    },

    /** The clean image. */
    X0("sample") {
        @Override
        public NDArray target(NoiseSchedule schedule, NDArray x0, NDArray noise, NDArray timesteps) {
            return x0;
        }

        @Override
        Mixture x0(NoiseLevel level) {
            return Mixture.SECOND;
        }

        @Override
        Mixture epsilon(NoiseLevel level) {
            return new Mixture(1 / level.std(), -1 / level.sigma());
        }

        @Override
        public NDArray output(DenoisedPrediction prediction, NoiseLevel level) {
            return prediction.x0();
        }
    };

    private final String publishedName;

    Prediction(String publishedName) {
        this.publishedName = publishedName;
    }

    /** Its {@code prediction_type} in published configs. */
    public String publishedName() {
        return publishedName;
    }

    /** What the network should predict for images x0 (B,...) with {@code noise} added at {@code timesteps} (B). */
    public abstract NDArray target(NoiseSchedule schedule, NDArray x0, NDArray noise, NDArray timesteps);

    /** The clean image in x and the output at {@code level}. */
    abstract Mixture x0(NoiseLevel level);

    /** The noise in x and the output at {@code level}. */
    abstract Mixture epsilon(NoiseLevel level);

    /** What a network of this kind would have predicted. */
    public abstract NDArray output(DenoisedPrediction prediction, NoiseLevel level);

    /** The clean image that {@code output} means for x at {@code level}. */
    public NDArray x0(NDArray output, NDArray x, NoiseLevel level) {
        return x0(level).of(x, output);
    }

    /** The noise that {@code output} means for x at {@code level}. */
    public NDArray epsilon(NDArray output, NDArray x, NoiseLevel level) {
        return epsilon(level).of(x, output);
    }

    /** The clean images that {@code output} (B,...) means for x (B,...), each at its own of {@code timesteps} (B). */
    public NDArray x0(NDArray output, NDArray x, NoiseSchedule schedule, NDArray timesteps) {
        return Mixture.of(x, output, timesteps, timestep -> x0(schedule.level(timestep)));
    }

    /** The noise, likewise. */
    public NDArray epsilon(NDArray output, NDArray x, NoiseSchedule schedule, NDArray timesteps) {
        return Mixture.of(x, output, timesteps, timestep -> epsilon(schedule.level(timestep)));
    }

    /** {@code network}, which predicts this quantity, as samplers take it; the outputs take x's element type. */
    public DenoisedPredictor predictor(Denoiser network) {
        return (x, level) -> {
            NDArray output = Aten.like(network.predict(x, level.timestep()), x);
            return new DenoisedPrediction(x0(output, x, level), () -> epsilon(output, x, level));
        };
    }
}
