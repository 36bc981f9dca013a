package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.nn.engine.Aten;

/** The scale in which a sampler keeps its noisy image. */
public enum NoiseScaling {

    /** alpha x0 + std epsilon, as in training (Ho et al. 2020). */
    VARIANCE_PRESERVING {
        @Override
        public NDArray addNoise(NDArray x0, NDArray noise, NoiseLevel level) {
            return axpby(level.alpha(), x0, level.std(), noise);
        }

        @Override
        NDArray toModel(NDArray x, NoiseLevel level) {
            return x;
        }
    },

    /** x0 + sigma epsilon (Karras et al. 2022). */
    VARIANCE_EXPLODING {
        @Override
        public NDArray addNoise(NDArray x0, NDArray noise, NoiseLevel level) {
            return axpby(1, x0, level.sigma(), noise);
        }

        @Override
        NDArray toModel(NDArray x, NoiseLevel level) {
            return Aten.scale(x, level.alpha());
        }
    };

    /** A noisy version of x0 at {@code level}; this is where image-to-image starts. */
    public abstract NDArray addNoise(NDArray x0, NDArray noise, NoiseLevel level);

    /** x in the scale of training, as the network takes it. */
    abstract NDArray toModel(NDArray x, NoiseLevel level);
}
