package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/** The probability of 8-bit pixels under a normal distribution cut into 256 bins (Ho et al. 2020, eq. 13). */
final class DiscretisedGaussian {

    private static final double HALF_BIN = 1 / 255.0;
    private static final double EDGE = 0.999;
    private static final double LEAST_PROBABILITY = 1e-12;

    private DiscretisedGaussian() {}

    /** Natural logarithm of each pixel's probability; the outermost bins reach to infinity. */
    static NDArray logLikelihood(NDArray pixels, NDArray mean, double std) {
        return Scope.keep(() -> {
            NDArray centred = pixels.sub(mean);
            NDArray below = cumulative(Aten.affine(centred, 1 / std, HALF_BIN / std));
            NDArray above = cumulative(Aten.affine(centred, 1 / std, -HALF_BIN / std));
            NDArray inner = log(below.sub(above));
            NDArray notLast = NDArrays.where(pixels.gt(EDGE), log(Aten.affine(above, -1, 1)), inner);
            return NDArrays.where(pixels.lt(-EDGE), log(below), notLast);
        });
    }

    /** Page's tanh approximation of the normal distribution function, as the published bounds use. */
    private static NDArray cumulative(NDArray x) {
        NDArray argument = Aten.axpby(1, x, 0.044715, x.square().mul(x));
        return Aten.affine(Aten.scale(argument, Math.sqrt(2 / Math.PI)).tanh(), 0.5, 0.5);
    }

    private static NDArray log(NDArray probability) {
        return Aten.clamp(probability, LEAST_PROBABILITY, 1).log();
    }
}
