package io.percolate.pipeline.training.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.vae.VaeLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a tiny autoencoder minimises: its decoder the distance of images, its encoder the mean square distance of latents,
 * of which a sample of the teacher's posterior has its mean as the best guess. The two halves share no weights.
 *
 * @param images judges what is decoded
 */
record ImitationLoss(VaeLoss images) {

    /**
     * What a network made, and of what.
     *
     * @param target pixels (B,3,H,W) that are to be decoded
     * @param decoded what was
     * @param latents (B,E,h,w) that are to be encoded
     * @param encoded what was
     */
    record Attempt(NDArray target, NDArray decoded, NDArray latents, NDArray encoded) {}

    /** The sum of both, and its terms: those of {@link VaeLoss} without a divergence, and {@code latents}. */
    VaeLoss.Value of(Attempt attempt) {
        VaeLoss.Value decoding = images.of(attempt.target, attempt.decoded);
        NDArray encoding = distance(attempt.encoded, attempt.latents);
        Map<String, Float> terms = new LinkedHashMap<>(decoding.terms());
        terms.remove("kl");
        terms.put("latents", encoding.getFloat());
        return new VaeLoss.Value(decoding.total().add(encoding), terms);
    }

    private static NDArray distance(NDArray encoded, NDArray latents) {
        return Scope.keep(() -> {
            NDArray error = Aten.to(encoded, Precision.FP32).sub(Aten.to(latents, Precision.FP32));
            return error.square().mean();
        });
    }
}
