package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.NoiseSource;

/** Random vectors of unit covariance: the mean of probe . J probe is the trace of J (Hutchinson 1990). */
public enum Probe {

    /** Each number is -1 or 1: the least variance, none at all where J is diagonal. */
    RADEMACHER {
        @Override
        NDArray of(NDArray normal) {
            return Scope.keep(() -> Aten.affine(Aten.like(normal.gte(0), normal), 2, -1));
        }
    },

    /** Standard normal numbers. */
    GAUSSIAN {
        @Override
        NDArray of(NDArray normal) {
            return normal.duplicate();
        }
    };

    /** A probe like {@code x}. */
    NDArray sample(NDArray x, NoiseSource random) {
        return Scope.keep(() -> of(random.normal(x)));
    }

    /** The probe made of standard normal numbers. */
    abstract NDArray of(NDArray normal);
}
