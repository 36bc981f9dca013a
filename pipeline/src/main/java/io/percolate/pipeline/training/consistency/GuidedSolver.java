package io.percolate.pipeline.training.consistency;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;

/**
 * The way back to less noise that a denoiser takes under guidance: DDIM's (Song et al. 2021, eq. 12).
 *
 * @param denoiser the denoiser, which does not learn
 */
record GuidedSolver(TimedDenoiser denoiser) {

    /**
     * x (B,C,h,w) with less noise.
     *
     * @param from timesteps (B) of x
     * @param to timesteps (B) of what is returned
     * @param told what the denoiser is told about each image
     * @param untold what it is told about none
     * @param scales of guidance (B)
     */
    NDArray solve(NDArray x, NDArray from, NDArray to, DenoiserInputs told, DenoiserInputs untold, double[] scales) {
        return Gradients.off(() -> Scope.keep(() -> {
            NDArray without = denoiser.output(x, from, untold);
            NDArray difference = denoiser.output(x, from, told).sub(without);
            NDArray output = without.add(difference.mul(column(scales, x)));
            NDArray x0 = denoiser.x0(output, x, from);
            return denoiser.schedule().addNoise(x0, denoiser.epsilon(output, x, from), to);
        }));
    }

    /** (B,1,1,1). */
    private static NDArray column(double[] scales, NDArray x) {
        return Aten.like(TorchArray.of(x.getManager(), scales, new Shape(scales.length, 1, 1, 1)), x);
    }
}
