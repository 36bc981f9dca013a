package io.percolate.pipeline.training.space;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import java.util.function.UnaryOperator;

/**
 * Who encodes.
 *
 * @param posterior pixels (B,3,H,W) in [-1,1] to means and standard deviations of their latents (B,2,C,h,w), not scaled
 * @param fingerprint changes whenever the posterior does
 */
record PosteriorEncoder(UnaryOperator<NDArray> posterior, String fingerprint) {

    static PosteriorEncoder of(AutoencoderKl vae) {
        return new PosteriorEncoder(pixels -> stacked(vae.encode(pixels)), vae.use(() -> Fingerprint.ofEncoder(vae)));
    }

    /** Without gradients; the caller closes the result. */
    NDArray encode(NDArray pixels) {
        return Gradients.off(() -> Scope.keep(() -> posterior.apply(pixels)));
    }

    private static NDArray stacked(LatentDistribution posterior) {
        return NDArrays.stack(new NDList(posterior.mean(), posterior.std()), 1);
    }
}
